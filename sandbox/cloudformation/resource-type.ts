import type { BackupClient } from '@aws-sdk/client-backup';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Made } from './intrinsics';

/** Clients that act as whoever a stack is made by, in the account and Region of the stack. */
export interface StackClients {
  readonly backup: BackupClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
}

/** What a template says of a resource, with every function worked out. */
export type Properties = Readonly<Record<string, unknown>>;

/** How resources of one type are made, changed and taken away. */
export interface ResourceType {
  /** Properties that it knows; with any other a resource is not made. */
  readonly properties: readonly string[];
  /** Those among them that CloudFormation changes without a new resource; the sandbox makes no new one. */
  readonly changeable: readonly string[];
  create(properties: Properties, clients: StackClients, tags: Tags): Promise<Made>;
  /** Brings a resource to its new properties and tags. */
  update(made: Made, properties: Properties, clients: StackClients, tags: Tags): Promise<void>;
  delete(made: Made, properties: Properties, clients: StackClients): Promise<void>;
}

export type Tags = Readonly<Record<string, string>>;

/** A property that is text, if it is there. */
export const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** A document as services take it. */
export const json = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Tags of the stack, and above them those that the template lists. */
export const listed = (stack: Tags, own: unknown): { readonly Key: string; readonly Value: string }[] =>
  Object.entries({
    ...stack,
    ...Object.fromEntries(((own ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
  }).map(([Key, Value]) => ({ Key, Value }));
