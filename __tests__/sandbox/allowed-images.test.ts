import {
  DisableAllowedImagesSettingsCommand,
  EC2Client,
  EnableAllowedImagesSettingsCommand,
  GetAllowedImagesSettingsCommand,
  ReplaceImageCriteriaInAllowedImagesSettingsCommand,
} from '@aws-sdk/client-ec2';
import { allowedImagesApi } from '../../sandbox/ec2-api/allowed-images';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';

describe('the images that EC2 allows', () => {
  let gateway: Gateway;
  const clients: EC2Client[] = [];
  const ec2 = (accountId: string, region = 'eu-west-1') => {
    const credentials = { accessKeyId: accountId, secretAccessKey: 'none' };
    const client = new EC2Client({ endpoint: gateway.url, region, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  const settingOf = async (client: EC2Client) => {
    const { State, ImageCriteria } = await client.send(new GetAllowedImagesSettingsCommand({}));
    return { State, ImageCriteria };
  };

  beforeAll(async () => {
    gateway = await startGateway({
      services: { ec2: allowedImagesApi() },
      identify: async (accountId) => ({ accountId, arn: `arn:aws:iam::${accountId}:user/a` }),
    });
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await gateway.close();
  });

  test('are all, until somebody chooses some in an account and Region', async () => {
    const client = ec2('111111111111');
    expect(await settingOf(client)).toEqual({ State: 'disabled', ImageCriteria: undefined });
    const ImageCriteria = [{ ImageProviders: ['amazon', '222222222222'] }, { ImageNames: ['golden-*'] }];
    await client.send(new ReplaceImageCriteriaInAllowedImagesSettingsCommand({ ImageCriteria }));
    await client.send(new EnableAllowedImagesSettingsCommand({ AllowedImagesSettingsState: 'enabled' }));
    expect(await settingOf(client)).toEqual({ State: 'enabled', ImageCriteria });
    expect((await settingOf(ec2('111111111111', 'us-east-1'))).State).toBe('disabled');
    expect((await settingOf(ec2('333333333333'))).State).toBe('disabled');
    await client.send(new DisableAllowedImagesSettingsCommand({}));
    expect(await settingOf(client)).toEqual({ State: 'disabled', ImageCriteria });
  });

  test('fail on a state that there is none of', async () => {
    const wrong = new EnableAllowedImagesSettingsCommand({ AllowedImagesSettingsState: 'on' as 'enabled' });
    await expect(ec2('111111111111').send(wrong)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
