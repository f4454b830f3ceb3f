/**
 * The first releases of Terraform's AWS provider that can do what 5.100.0 cannot.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md
 */
export const PROVIDER_WITH = {
  /** `encryption_key_arn` of an air-gapped vault (20 November 2025, pull request 45020). */
  airGappedKey: '6.22.0',
  /** `target_logically_air_gapped_backup_vault_arn` of a plan's rule (2 December 2025, pull request 45321). */
  airGappedTarget: '6.24.0',
  /** `scan_action` of a plan's rule and `scan_setting` of a plan (4 December 2025, pull request 45392). */
  malwareScan: '6.25.0',
} as const;
