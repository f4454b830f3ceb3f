import { App } from 'cdktf';

/**
 * The app that all stacks of an organization are in; `outdir` is the folder it writes, as cdktf has it by default. Of
 * the framework's validations one runs `terraform version` for each HCP Terraform workspace, and a synth needs no
 * Terraform; the other finds a stack without a provider, which every stack of ours has.
 */
export const organizationApp = (outdir?: string): App =>
  new App({ stackTraces: false, skipValidation: true, ...(outdir === undefined ? {} : { outdir }) });
