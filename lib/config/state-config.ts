import { z } from 'zod';
import { closed, Region, RoleNameWithPath } from './fields';

const LocalState = closed({
  backend: z.literal('local').describe('Files on this machine.'),
  path: z
    .string()
    .min(1)
    .default('state')
    .describe('The folder of the state files, beside cdktf.out unless it is absolute.'),
}).describe('State in files on this machine: for trying, or for one operator.');

const S3State = closed({
  backend: z.literal('s3').describe('Objects in a bucket.'),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name')
    .describe('The bucket: versioned, encrypted and not public.'),
  region: Region.describe("The bucket's Region."),
  keyPrefix: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'must be a key prefix without a slash at its ends')
    .default('cross-account-backup')
    .describe('What the key of each state starts with.'),
  kmsKeyId: z.string().min(1).optional().describe('The key that encrypts the states. Default: the one of the bucket.'),
  accountId: z
    .string()
    .regex(/^\d{12}$/, 'must be a 12-digit account id')
    .optional()
    .describe('The account that owns the bucket; needed with role. Default: the management account.'),
  role: RoleNameWithPath.optional().describe(
    "The role in the bucket's account that reads and writes the states. Default: the ambient identity.",
  ),
})
  .refine(({ role, accountId }) => role === undefined || accountId !== undefined, {
    path: ['accountId'],
    message: 'is required with role: the account whose role is assumed',
  })
  .describe('State in an S3 bucket, with a lock object beside each state.');

const HcpState = closed({
  backend: z.literal('hcp').describe('Workspaces of HCP Terraform.'),
  organization: z.string().min(1).describe('The HCP Terraform organization.'),
  project: z
    .string()
    .min(1)
    .optional()
    .describe('The project of the workspaces. Default: the one HCP Terraform gives.'),
  hostname: z.string().min(1).optional().describe('The host of a Terraform Enterprise. Default: HCP Terraform.'),
  workspacePrefix: z
    .string()
    .regex(/^[\w-]{0,34}$/, 'must be at most 34 letters, digits, - and _')
    .default('cross-account-backup-')
    .describe('What the name of each workspace starts with; the stack name follows.'),
  runTriggers: z
    .boolean()
    .default(false)
    .describe('Whether bootstrap lets each workspace plan again after an apply of one whose outputs it reads.'),
  healthAssessments: z
    .boolean()
    .default(false)
    .describe(
      'Whether bootstrap lets HCP Terraform look for drift in each workspace, which takes its Standard edition.',
    ),
}).describe('State in HCP Terraform (Terraform Cloud): one named workspace a stack.');

/** Where Terraform keeps the state of each stack, and where stacks read each other's outputs. */
export const StateConfig = z
  .discriminatedUnion('backend', [LocalState, S3State, HcpState])
  .describe('Where Terraform keeps its state: local, s3 or hcp.');
export type StateConfig = z.output<typeof StateConfig>;
