/** What a request's signature says of where it goes and by whose key; the sandbox does not check the signature itself. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The scope in an `Authorization` header of Signature Version 4; undefined of a request that is not signed so.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function scopeOf(authorization: string | undefined): Scope | undefined {
  const [, accessKeyId = '', region = '', service = ''] =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? '') ?? [];
  return service === '' ? undefined : { accessKeyId, region, service };
}
