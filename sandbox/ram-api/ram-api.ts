import type { Directory } from '../organizations-api/directory';
import { ApiError } from '../wire/api-error';
import type { ApiRequest, ApiResponse, Clock, Service } from '../wire/exchange';
import { writeError } from '../wire/rest-json';
import { type Association, type Share, Shares } from './shares';

/** What a request may hold: as much of AWS RAM's model as is served. */
interface Input {
  readonly name?: string;
  readonly resourceShareArn?: string;
  readonly resourceShareArns?: readonly string[];
  readonly resourceOwner?: 'SELF' | 'OTHER-ACCOUNTS';
  readonly resourceArn?: string;
  readonly resourceArns?: readonly string[];
  readonly principal?: string;
  readonly principals?: readonly string[];
  readonly associationType?: Association['kind'];
  readonly allowExternalPrincipals?: boolean;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly tagKeys?: readonly string[];
}

/** An emulated AWS RAM, as far as air-gapped vaults are shared by it: moto neither takes them nor associates anything. */
export interface RamApi {
  readonly serve: Service;
  readonly shares: Shares;
}

export interface RamApiOptions {
  readonly directory: Directory;
  /** Whether something is there that its owner can share. */
  readonly canShare: (arn: string) => boolean;
  /** @default - the machine's clock */
  readonly clock?: Clock;
}

const SERVICE = 'ram.amazonaws.com';

/** Makes a RAM in which nothing is shared. */
export function createRamApi({ directory, canShare, clock = () => new Date() }: RamApiOptions): RamApi {
  const shares = new Shares();
  const serve: Service = async (request) => {
    const operation = OPERATIONS[request.path.slice(1)];
    // What is not here moto may know.
    if (!operation) return undefined;
    try {
      const text = request.body === '' ? '{}' : request.body;
      const given = { ...Object.fromEntries(request.query), ...JSON.parse(text) } as Input;
      return answer(operation(given, { request, shares, directory, canShare, now: clock() }));
    } catch (error) {
      if (error instanceof ApiError) return writeError(error);
      throw error;
    }
  };
  return { serve, shares };
}

interface Call extends Omit<RamApiOptions, 'clock'> {
  readonly request: ApiRequest;
  readonly shares: Shares;
  readonly now: Date;
}

/** By path, as all of RAM's operations have one of their own. */
const OPERATIONS: Readonly<Record<string, (given: Input, call: Call) => object>> = {
  createresourceshare: (given, call) => {
    const { name = '', allowExternalPrincipals: allowsStrangers = true, tags = [] } = given;
    const share = call.shares.make(ownerOf(call), { name, allowsStrangers, tags: tagsOf(tags) }, call.now);
    associate(share, given, call);
    return { resourceShare: shown(share) };
  },
  getresourceshares: ({ resourceOwner, resourceShareArns, name }, call) => {
    const all = resourceOwner === 'SELF' ? call.shares.ownedBy(ownerOf(call)) : call.shares.sharedWith(ownerOf(call));
    const asked = all.filter((share) => resourceShareArns?.includes(share.arn) ?? true);
    return { resourceShares: asked.filter((share) => name === undefined || share.name === name).map(shown) };
  },
  updateresourceshare: (given, call) => {
    const share = shareOf(given, call);
    share.name = given.name ?? share.name;
    share.allowsStrangers = given.allowExternalPrincipals ?? share.allowsStrangers;
    return { resourceShare: shown(share) };
  },
  deleteresourceshare: (given, call) => {
    shareOf(given, call).isDeleted = true;
    return { returnValue: true };
  },
  associateresourceshare: (given, call) => {
    const share = shareOf(given, call);
    return { resourceShareAssociations: associate(share, given, call).map((one) => shownAssociation(share, one)) };
  },
  disassociateresourceshare: (given, call) => {
    const share = shareOf(given, call);
    const gone = [...(given.resourceArns ?? []), ...(given.principals ?? [])];
    const removed = share.associations.filter(({ entity }) => gone.includes(entity));
    share.associations = share.associations.filter(({ entity }) => !gone.includes(entity));
    const shownGone = removed.map((one) => ({ ...shownAssociation(share, one), status: 'DISASSOCIATED' }));
    return { resourceShareAssociations: shownGone };
  },
  getresourceshareassociations: ({ associationType, resourceShareArns, resourceArn, principal }, call) => {
    const asked = call.shares.ownedBy(ownerOf(call)).filter(({ arn }) => resourceShareArns?.includes(arn) ?? true);
    const wanted = resourceArn ?? principal;
    const found = asked.flatMap((share) =>
      share.associations
        .filter(({ kind, entity }) => kind === associationType && (wanted === undefined || entity === wanted))
        .map((one) => shownAssociation(share, one)),
    );
    return { resourceShareAssociations: found };
  },
  listresourcesharepermissions: (given, call) => {
    shareOf(given, call);
    return { permissions: [] };
  },
  tagresource: (given, call) => {
    const share = shareOf(given, call);
    share.tags = { ...share.tags, ...tagsOf(given.tags) };
    return {};
  },
  untagresource: (given, call) => {
    const share = shareOf(given, call);
    share.tags = Object.fromEntries(Object.entries(share.tags).filter(([key]) => !given.tagKeys?.includes(key)));
    return {};
  },
  enablesharingwithawsorganization: (_, { request, directory, now }) => {
    if (request.caller.accountId !== directory.managementAccountId)
      throw notPermitted('Only the management account of an organization can enable sharing within it.');
    if (!directory.services.has(SERVICE)) directory.services.set(SERVICE, now);
    return { returnValue: true };
  },
};

const ownerOf = ({ request: { caller, region } }: Call) => ({ accountId: caller.accountId, region });

function shareOf({ resourceShareArn = '' }: Input, call: Call): Share {
  const share = call.shares.ownedBy(ownerOf(call)).find(({ arn }) => arn === resourceShareArn);
  if (!share) throw new ApiError('UnknownResourceException', `ResourceShare ${resourceShareArn} could not be found.`);
  return share;
}

function associate(share: Share, { resourceArns = [], principals = [] }: Input, call: Call): readonly Association[] {
  const { directory, canShare, now } = call;
  const unknown = resourceArns.find((arn) => !canShare(arn));
  if (unknown) throw new ApiError('MalformedArnException', 'You cannot share the selected resource type.');
  // The words are AWS's: https://docs.aws.amazon.com/ram/latest/userguide/troubleshooting.html
  const areKnown = directory.services.has(SERVICE) && principals.every((id) => directory.isMember(id));
  if (principals.length > 0 && !share.allowsStrangers && !areKnown)
    throw notPermitted(
      'The resource you are attempting to share can only be shared within your AWS Organization. This error may also ' +
        'occur if you have not enabled sharing with your AWS organization, or that onboarding process is still in progress.',
    );
  const added: readonly Association[] = [
    ...resourceArns.map((entity) => ({ kind: 'RESOURCE', entity, made: now }) as const),
    ...principals.map((entity) => ({ kind: 'PRINCIPAL', entity, made: now }) as const),
  ];
  const isNew = ({ entity }: Association) => !added.some((one) => one.entity === entity);
  share.associations = [...share.associations.filter(isNew), ...added];
  return added;
}

const notPermitted = (message: string) => new ApiError('OperationNotPermittedException', message);

const tagsOf = (list: Input['tags'] = []) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

const seconds = (date: Date) => date.getTime() / 1000;

const shown = (share: Share) => ({
  resourceShareArn: share.arn,
  name: share.name,
  owningAccountId: share.accountId,
  allowExternalPrincipals: share.allowsStrangers,
  status: 'ACTIVE',
  tags: Object.entries(share.tags).map(([key, value]) => ({ key, value })),
  creationTime: seconds(share.made),
  lastUpdatedTime: seconds(share.made),
  featureSet: 'STANDARD',
});

const shownAssociation = (share: Share, { kind, entity, made }: Association) => ({
  resourceShareArn: share.arn,
  resourceShareName: share.name,
  associatedEntity: entity,
  associationType: kind,
  status: 'ASSOCIATED',
  creationTime: seconds(made),
  lastUpdatedTime: seconds(made),
  external: false,
});

const answer = (body: object): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
