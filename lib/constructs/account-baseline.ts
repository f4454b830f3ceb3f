import { CloudformationStackSet } from '@cdktf/provider-aws/lib/cloudformation-stack-set';
import { CloudformationStackSetInstance } from '@cdktf/provider-aws/lib/cloudformation-stack-set-instance';
import { Construct } from 'constructs';

export interface AccountBaselineProps {
  /** At most 128 letters, digits and -. Changing it replaces the StackSet. */
  readonly stackSetName: string;
  /** The CloudFormation template as text, at most 51,200 characters; pseudo parameters as CloudFormation writes them. */
  readonly template: string;
  /** Where stacks are made: units or the root, or accounts below `accountsBelow`, each in a Region. */
  readonly targets: readonly { readonly id: string; readonly region: string }[];
  /**
   * The root that single accounts are below. Accounts that join it get nothing: automatic deployment knows no accounts.
   * @default - the targets are units, and accounts that join them get a stack by themselves
   */
  readonly accountsBelow?: string;
  /** Whether a delegated administrator makes it, and not the management account. */
  readonly isDelegated: boolean;
  /** Percent, 0 to 100, of the accounts of a Region that may fail before the rest is left alone. */
  readonly failureTolerancePercentage: number;
  /** Percent, 1 to 100, of the accounts of a Region that are worked on at once. */
  readonly maxConcurrentPercentage: number;
}

/** How long one unit and Region may take: accounts are deployed to in turns, and StackSets queue what they cannot start. */
const TIMEOUT = '3h';

/**
 * The same stack in every account and Region of its targets, by service-managed StackSets. What is taken away leaves its
 * stacks behind: vaults with recovery points in them cannot go.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export class AccountBaseline extends Construct {
  /** Everything that has to be there before an account has its baseline. */
  readonly stacks: CloudformationStackSetInstance[];

  constructor(scope: Construct, id: string, props: AccountBaselineProps) {
    super(scope, id);
    const { stackSetName, template, targets, accountsBelow, isDelegated } = props;
    const callAs = isDelegated ? 'DELEGATED_ADMIN' : 'SELF';
    const operationPreferences = {
      failureTolerancePercentage: props.failureTolerancePercentage,
      maxConcurrentPercentage: props.maxConcurrentPercentage,
      regionConcurrencyType: 'PARALLEL',
    };
    const stackSet = new CloudformationStackSet(this, 'Resource', {
      name: stackSetName,
      description: 'What AWS Backup needs in each account before a backup policy works there',
      permissionModel: 'SERVICE_MANAGED',
      // Where nobody joins, AWS keeps nothing about removal, and a plan would want it again and again.
      autoDeployment:
        accountsBelow === undefined ? { enabled: true, retainStacksOnAccountRemoval: true } : { enabled: false },
      callAs,
      capabilities: ['CAPABILITY_NAMED_IAM'],
      // Else each unit and Region would have to wait until no other is worked on, or fail.
      managedExecution: { active: true },
      operationPreferences,
      templateBody: escaped(template),
      timeouts: { update: TIMEOUT },
      // AWS gives a service-managed StackSet one, and releases of the provider would take it away at each plan.
      lifecycle: { ignoreChanges: ['administration_role_arn'] },
    });
    this.stacks = targets.map(
      ({ id: target, region }) =>
        new CloudformationStackSetInstance(this, `${target}-${region}`, {
          stackSetName: stackSet.name,
          // Releases from 6.0 on know it by a longer name too; this is the one that all have.
          region,
          callAs,
          deploymentTargets:
            accountsBelow === undefined
              ? { organizationalUnitIds: [target] }
              : { organizationalUnitIds: [accountsBelow], accountFilterType: 'INTERSECTION', accounts: [target] },
          operationPreferences,
          retainStack: true,
          timeouts: { create: TIMEOUT, update: TIMEOUT, delete: TIMEOUT },
          // To change them the provider would ask for an account with the id of the unit.
          lifecycle: { ignoreChanges: ['operation_preferences'] },
        }),
    );
  }
}

/** Terraform would take what CloudFormation fills in for an expression of its own. */
const escaped = (template: string) => template.replaceAll(PSEUDO_PARAMETER, (whole) => `$${whole}`);

const PSEUDO_PARAMETER = /\$\{AWS::/g;
