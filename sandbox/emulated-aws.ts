import { type BackupApi, createBackupApi } from './backup-api/backup-api';
import type { Seams } from './backup-api/seams';
import { allowedImagesApi } from './ec2-api/allowed-images';
import { deliverEvent } from './events/deliver-event';
import { publishNotification } from './events/publish-notification';
import { type GatewayOptions, startGateway } from './gateway/gateway';
import { type Identify, identifyByMoto } from './gateway/identify';
import type { OrganizationSetup } from './organizations-api/directory';
import { createOrganizationsApi, type OrganizationsApi } from './organizations-api/organizations-api';
import { keepBucketPolicies } from './policy/bucket-policies';
import { createEnforcer, type Enforcer } from './policy/enforcer';
import { recoveryPointTags } from './policy/recovery-point-tags';
import { createRamApi } from './ram-api/ram-api';
import { memberClients } from './stack-sets-api/member-clients';
import { createStackSetsApi, type StackSetsApi } from './stack-sets-api/stack-sets-api';
import { startMoto } from './tools/moto';
import type { Clock } from './wire/exchange';
import { readWorkload } from './workload/workload';

/** All of AWS that the sandbox has, behind one endpoint. */
export interface EmulatedAws {
  /** What to set `AWS_ENDPOINT_URL` to. */
  readonly url: string;
  /** Where moto listens: past the gateway, and past every policy. */
  readonly motoUrl: string;
  readonly backup: BackupApi;
  readonly organizations: OrganizationsApi;
  readonly stackSets: StackSetsApi;
  readonly enforcer: Enforcer;
  stop(): Promise<void>;
}

export interface EmulatedAwsOptions {
  readonly organization: OrganizationSetup;
  readonly intercept?: GatewayOptions['intercept'];
  /**
   * What time it is for AWS Backup and AWS Organizations.
   * @default - the machine's clock
   */
  readonly clock?: Clock;
  /**
   * How long each step of a job takes.
   * @default - 20 ms
   */
  readonly jobDelayMilliseconds?: number;
  /**
   * What there is to back up.
   * @default - what moto has
   */
  readonly resources?: Seams['resources'];
  /**
   * Whose keys requests are signed with, where moto does not know.
   * @default - moto knows
   */
  readonly identify?: (byMoto: Identify) => Identify;
  /**
   * Hears of mistakes of the sandbox itself, and of events for what it does not deliver to.
   * @default - nobody does
   */
  readonly onTrouble?: (trouble: string) => void;
}

/** Starts moto, and before it the gateway with AWS Backup, AWS Organizations and the policies that bind everybody. */
export async function startEmulatedAws(options: EmulatedAwsOptions): Promise<EmulatedAws> {
  const { organization, intercept, clock = () => new Date(), onTrouble = () => {}, jobDelayMilliseconds } = options;
  const { resources, identify = (byMoto) => byMoto } = options;
  const onFault = (fault: unknown) => onTrouble(fault instanceof Error ? `${fault.stack}` : String(fault));
  const moto = await startMoto();
  const organizations = createOrganizationsApi({
    setup: organization,
    clock,
    authorize: (request) => enforcer.authorize(request),
  });
  const { directory } = organizations;
  const enforcer = createEnforcer({
    moto: moto.url,
    organization: directory,
    tagsOf: (arn) => recoveryPointTags(backup.world, arn),
  });
  const backup = createBackupApi({
    clock,
    organization: directory,
    authorize: enforcer.authorize,
    permitCopy: enforcer.permitCopy,
    resources: resources ?? readWorkload(moto.url),
    onEvent: deliverEvent(moto.url, (target) => onTrouble(`no event is delivered to ${target}`)),
    onNotification: publishNotification(moto.url),
    ...(jobDelayMilliseconds === undefined ? {} : { jobDelayMilliseconds }),
    onFault,
  });
  const canShare = (arn: string) => backup.world.vaultAt(arn)?.type === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';
  const ram = createRamApi({ directory, canShare });
  const bucketPolicies = keepBucketPolicies();
  const allowedImages = allowedImagesApi();
  const stackSets = createStackSetsApi({
    directory,
    clock,
    onFault,
    clientsFor: memberClients({
      organizationId: directory.id,
      partition: directory.setup.partition ?? 'aws',
      motoUrl: moto.url,
      gatewayUrl: () => gateway.url,
      onRoleMade: () => enforcer.forget(),
    }),
  });
  const gateway = await startGateway({
    services: {
      backup: backup.serve,
      organizations: organizations.serve,
      // They ask nobody by themselves.
      ram: async (request) => (await enforcer.guard.judge(request)) ?? ram.serve(request),
      cloudformation: async (request) => (await enforcer.guard.judge(request)) ?? stackSets.serve(request),
      ec2: async (request) => (await enforcer.guard.judge(request)) ?? allowedImages(request),
    },
    bucketPolicies: async (request) => (await enforcer.guard.judge(request)) ?? bucketPolicies(request),
    identify: identify(identifyByMoto(moto.url)),
    upstream: moto.url,
    guard: enforcer.guard,
    ...(intercept ? { intercept } : {}),
  });
  return {
    url: gateway.url,
    motoUrl: moto.url,
    backup,
    organizations,
    stackSets,
    enforcer,
    stop: async () => {
      await backup.world.settled();
      await stackSets.settled();
      await gateway.close();
      enforcer.close();
      await moto.stop();
    },
  };
}
