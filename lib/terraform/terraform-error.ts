/** Why Terraform cannot be run at all, in words for the operator. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';
}
