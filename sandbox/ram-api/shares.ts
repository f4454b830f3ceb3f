import { partitionOf } from '../backup-api/arns';
import { stableUuid } from '../tools/stable-uuid';

/** Whose a share is, and where. */
export interface ShareOwner {
  readonly accountId: string;
  readonly region: string;
}

/** What is shared by a share, or whom with. */
export interface Association {
  readonly kind: 'RESOURCE' | 'PRINCIPAL';
  readonly entity: string;
  readonly made: Date;
}

/** A resource share. */
export interface Share extends ShareOwner {
  readonly arn: string;
  readonly made: Date;
  name: string;
  allowsStrangers: boolean;
  isDeleted: boolean;
  associations: readonly Association[];
  tags: Readonly<Record<string, string>>;
}

/** Every share of every account. */
export class Shares {
  private readonly all: Share[] = [];

  make(owner: ShareOwner, given: Pick<Share, 'name' | 'allowsStrangers' | 'tags'>, made: Date): Share {
    const { accountId, region } = owner;
    const id = stableUuid(accountId, region, this.all.length);
    const arn = `arn:${partitionOf(region)}:ram:${region}:${accountId}:resource-share/${id}`;
    const share: Share = { ...owner, ...given, arn, made, isDeleted: false, associations: [] };
    this.all.push(share);
    return share;
  }

  /** Those of an account in a Region that stand. */
  ownedBy({ accountId, region }: ShareOwner): readonly Share[] {
    return this.all.filter((share) => !share.isDeleted && share.accountId === accountId && share.region === region);
  }

  /** Those that an account has been let into. */
  sharedWith({ accountId, region }: ShareOwner): readonly Share[] {
    return this.all.filter(
      (share) =>
        !share.isDeleted && share.region === region && share.associations.some(({ entity }) => entity === accountId),
    );
  }
}
