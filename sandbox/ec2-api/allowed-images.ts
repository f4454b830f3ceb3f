import { errorResponse } from '../gateway/error-response';
import type { ApiRequest, ApiResponse, Service } from '../wire/exchange';

/** One thing that an image may be allowed by: all that is said must hold. */
interface Criterion {
  readonly providers: readonly string[];
  readonly names: readonly string[];
}

/** What EC2 takes of images in one account and Region. */
interface Setting {
  readonly state: 'disabled' | 'audit-mode' | 'enabled';
  readonly criteria: readonly Criterion[];
}

const UNTOUCHED: Setting = { state: 'disabled', criteria: [] };

/**
 * EC2's setting of which images an account takes, which moto lacks; everything else of EC2 is for others. Images are not
 * judged by it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetAllowedImagesSettings.html
 */
export function allowedImagesApi(): Service {
  const settings = new Map<string, Setting>();
  return async (request) => {
    const fields = new URLSearchParams(request.body);
    const operation = fields.get('Action') ?? '';
    const place = `${request.caller.accountId} ${request.region}`;
    const setting = settings.get(place) ?? UNTOUCHED;
    switch (operation) {
      case 'GetAllowedImagesSettings':
        return written(operation, shown(setting));
      case 'EnableAllowedImagesSettings': {
        const state = fields.get('AllowedImagesSettingsState');
        if (state !== 'enabled' && state !== 'audit-mode') return refused(request, `Invalid state: ${state}`);
        settings.set(place, { ...setting, state });
        return written(operation, `<allowedImagesSettingsState>${state}</allowedImagesSettingsState>`);
      }
      case 'DisableAllowedImagesSettings':
        settings.set(place, { ...setting, state: 'disabled' });
        return written(operation, '<allowedImagesSettingsState>disabled</allowedImagesSettingsState>');
      case 'ReplaceImageCriteriaInAllowedImagesSettings':
        settings.set(place, { ...setting, criteria: criteriaIn(fields) });
        return written(operation, '<return>true</return>');
      default:
        return undefined;
    }
  };
}

/** `ImageCriterion.1.ImageProvider.1=amazon` */
const CRITERION = /^ImageCriterion\.(\d+)\.Image(Provider|Name)\.\d+$/;

function criteriaIn(fields: URLSearchParams): Criterion[] {
  const criteria = new Map<string, { providers: string[]; names: string[] }>();
  for (const [field, value] of fields) {
    const [, number, kind] = CRITERION.exec(field) ?? [];
    if (number === undefined) continue;
    const criterion = criteria.get(number) ?? { providers: [], names: [] };
    (kind === 'Name' ? criterion.names : criterion.providers).push(value);
    criteria.set(number, criterion);
  }
  return [...criteria.values()];
}

const items = (name: string, values: readonly string[]) =>
  values.length === 0 ? '' : `<${name}>${values.map((value) => `<item>${value}</item>`).join('')}</${name}>`;

const shown = ({ state, criteria }: Setting) =>
  `<state>${state}</state>${items(
    'imageCriterionSet',
    criteria.map(({ providers, names }) => items('imageProviderSet', providers) + items('imageNameSet', names)),
  )}<managedBy>account</managedBy>`;

const refused = (request: ApiRequest, message: string) =>
  errorResponse(request, { status: 400, code: 'InvalidParameterValue', message });

const written = (operation: string, result: string): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${result}</${operation}Response>`,
});
