/** A config file with two rollouts and a source beside them, whose warnings are none. */
export const A_ROLLOUT_YAML = `organization: { id: o-abc1234567, rootId: r-abc1 }
management:
  accountId: "999999999999"
  region: us-east-1
  globalSettings: { crossAccountBackup: true, multiPartyApproval: false, delegatedAdministrator: true }
destinations:
  vault: { accountId: "222222222222", regions: [eu-west-1] }
sources:
  ledger:
    accountId: "111111111111"
    ouPath: o-abc1234567/r-abc1/ou-abc1-workload/
    regions: { us-east-1: { createResourceKey: true } }
    plans: [monthly]
organizationPolicies:
  runFrom: management
  baseline: { createResourceKey: true }
  rollouts:
    - name: workloads
      plans: [daily]
      regions: [us-east-1, us-east-2]
      ous: [o-abc1234567/r-abc1/ou-abc1-workload/]
      accounts: ["444444444444"]
    - name: others
      plans: [weekly]
      regions: [us-east-1]
      ous: [o-abc1234567/r-abc1/ou-abc1-platform/]
plans:
  daily:
    rules:
      - name: nightly
        schedule: cron(0 3 ? * * *)
        timezone: Etc/UTC
        deleteAfterDays: 35
        recoveryPointTags: { Owner: platform }
        copies: [{ to: vault/eu-west-1, deleteAfterDays: 365 }]
    selections: [{ name: tagged, tags: { Backup: "true" }, resourceTypes: [EBS] }]
  weekly:
    rules: [{ name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }]
    selections: [{ name: gold, anyTag: [{ key: Tier, value: gold }] }]
  monthly:
    rules: [{ name: monthly, schedule: cron(0 5 1 * ? *), deleteAfterDays: 90 }]
    selections: [{ name: some, tags: { Ledger: "true" }, resourceTypes: [EBS] }]
`;
