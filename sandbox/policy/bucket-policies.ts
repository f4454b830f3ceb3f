import { errorResponse } from '../gateway/error-response';
import type { ApiRequest, ApiResponse, Service } from '../wire/exchange';

/** Whether a request to S3 is about the policy of a bucket. */
export const isForBucketPolicy = (service: string, url: string): boolean =>
  service === 's3' && new URL(url, 'http://s3').searchParams.has('policy');

/**
 * Keeps the policies of buckets away from moto, which holds every statement against everybody, whatever its condition. They
 * are shown as they were put, and held against nobody.
 */
export function keepBucketPolicies(): Service {
  const policies = new Map<string, string>();
  return async (request) => {
    const [, bucket = ''] = request.path.split('/');
    switch (request.method) {
      case 'PUT':
        policies.set(bucket, request.body);
        return nothing;
      case 'DELETE':
        policies.delete(bucket);
        return nothing;
      default:
        return shown(request, policies.get(bucket));
    }
  };
}

const nothing: ApiResponse = { status: 204, headers: {}, body: '' };

function shown(request: ApiRequest, policy: string | undefined): ApiResponse {
  if (policy !== undefined) return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
  const message = 'The bucket policy does not exist';
  return errorResponse(request, { status: 404, code: 'NoSuchBucketPolicy', message });
}
