/** A config file that has everything a table of mistakes breaks, one line a setting. */
export const A_YAML = `organization:
  id: o-abc1234567
  rootId: r-abc1
prefix: cab
state: { backend: local }
tags: { owner: platform }
management:
  accountId: "999999999999"
  region: us-east-1
  delegatedAdministrator: vault
  globalSettings: { crossAccountBackup: true, multiPartyApproval: false, delegatedAdministrator: true }
destinations:
  vault:
    accountId: "222222222222"
    vaultAccess: accounts
    regions: { eu-west-1: { keyArn: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f" } }
  archive:
    accountId: "333333333333"
    regions: [eu-west-2]
sources:
  production:
    accountId: "111111111111"
    ouPath: o-abc1234567/r-abc1/ou-abc1-12345678/
    regions:
      us-east-1: { createResourceKey: true, names: { vault: old-vault } }
      us-east-2: { createResourceKey: true, plans: [daily] }
    plans: [daily, weekly]
plans:
  daily:
    rules:
      - name: daily-kept-35-days
        schedule: cron(0 3 ? * * *)
        deleteAfterDays: 35
        copies:
          - { to: vault/eu-west-1, deleteAfterDays: 365 }
          - { to: archive/eu-west-2, deleteAfterDays: 90 }
    selections:
      - name: tagged
        tags: { Backup: "true" }
        resourceTypes: [EBS, RDS]
      - name: listed
        resources: ["arn:aws:ec2:us-east-1:111111111111:volume/*"]
  weekly:
    rules:
      - { name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }
    selections:
      - { name: any, anyTag: [{ key: Tier, value: gold }] }
`;
