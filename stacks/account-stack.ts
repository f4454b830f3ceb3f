import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  Aspects,
  DataResource,
  type TerraformBackend,
  TerraformDataSource,
  TerraformOutput,
  type TerraformRemoteState,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { PROTECTION_TAG, remoteStateId } from '../lib/topology/names';
import type { Site, Topology } from '../lib/topology/topology';
import { addBackend } from './backend';

/** What all stacks of an organization have in common. */
export type StackContext = Pick<Topology, 'organization' | 'state' | 'tags'>;

/** The provider release that has all that a stack uses unless it asks for more; the bindings are of a 6.x. */
const USUAL_PROVIDER = '5.100.0';

const providersFrom = (release: string) => `>= ${release}, < 7.0.0`;

/** The tag of everything that guardrails protect by it. */
export const PROTECTED = { [PROTECTION_TAG.key]: PROTECTION_TAG.value };

/**
 * The stack of one account in one Region: a state of its own, and one provider that every resource is bound to, which
 * stops before it changes anything when its credentials are of another account.
 */
export abstract class AccountStack extends TerraformStack {
  private readonly backend: TerraformBackend;
  private readonly provider: AwsProvider;
  private oldestProvider = USUAL_PROVIDER;

  constructor(
    scope: Construct,
    readonly site: Site,
    private readonly context: StackContext,
  ) {
    super(scope, site.stackName);
    this.backend = addBackend(this, context.state, site.stackName, site.partition);
    this.requireProvider(USUAL_PROVIDER);
    this.provider = this.addProvider('Provider', site.providerAlias, site.region);
    Aspects.of(this).add({ visit: (node) => bind(node, this.provider) });
  }

  /** Raises the provider release that this stack alone needs at least; it only ever rises. */
  protected requireProvider(release: string): void {
    if (release.localeCompare(this.oldestProvider, 'en', { numeric: true }) < 0) return;
    this.oldestProvider = release;
    this.addOverride('terraform.required_providers.aws.version', providersFrom(release));
  }

  /** A further provider of the same account, for another Region. */
  protected addProvider(id: string, alias: string, region: string): AwsProvider {
    const { accountId, deployRoleArn } = this.site;
    return new AwsProvider(this, id, {
      alias,
      region,
      allowedAccountIds: [accountId],
      ...(deployRoleArn === undefined
        ? {}
        : {
            assumeRole: [
              { roleArn: deployRoleArn, sessionName: this.site.stackName.slice(0, MAX_SESSION_NAME_LENGTH) },
            ],
          }),
      ...(Object.keys(this.context.tags).length > 0 ? { defaultTags: [{ tags: { ...this.context.tags } }] } : {}),
    });
  }

  /** A value that other stacks and workspaces read under this very name. */
  protected output(name: string, value: TerraformOutput['value'], description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }

  /** The outputs of another stack, which is then deployed first. */
  protected outputsOf(producer: AccountStack): TerraformRemoteState {
    this.addDependency(producer);
    // The producer's backend knows its own key; this stack's would give its own state.
    const { stackName } = producer.site;
    return producer.backend.getRemoteStateDataSource(this, remoteStateId(stackName), stackName);
  }
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MAX_SESSION_NAME_LENGTH = 64;

function bind(node: IConstruct, provider: AwsProvider): void {
  // Terraform's own resources have no provider to be bound to.
  if (node instanceof DataResource) return;
  if ((node instanceof TerraformResource || node instanceof TerraformDataSource) && node.provider === undefined) {
    node.provider = provider;
  }
}
