import { airGappedTravelOf, NO_AIR_GAPPED_VAULTS } from '../../lib/aws/air-gapped';
import { partitionOf, REGIONS } from '../../lib/aws/regions';
import { RESOURCE_TYPES } from '../../lib/aws/resource-types';
import { checkTravel, travelWarnings } from '../../lib/review/check-travel';
import { explain } from '../../lib/review/explain';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { anAirGappedConfig } from '../support/an-air-gapped-config';

type Given = Parameters<typeof anAirGappedConfig>[0];
const told = (rule: typeof checkTravel, given: Given) => {
  const config = anAirGappedConfig(given);
  return rule(config, resolveTopology(config)).map(({ message }) => message);
};
const TO = 'vault/eu-west-1/air-gapped by rule daily-kept-35-days';
const placeOf = (accountId: string, region: string) => ({ accountId, region, partition: partitionOf(region) });
const typeOf = (name: string) => {
  const type = RESOURCE_TYPES.find((each) => each.name === name);
  if (!type) throw new Error(`there is no type ${name}`);
  return type;
};
const travel = (name: string, from = 'us-east-1', to = 'eu-west-1') =>
  airGappedTravelOf(typeOf(name), placeOf('111111111111', from), placeOf('222222222222', to));

describe('airGappedTravelOf', () => {
  test('lets in what AWS takes there, FSx ONTAP too, which is copied nowhere else', () => {
    const taken = RESOURCE_TYPES.filter(({ name }) => travel(name).by === 'single action').map(({ name }) => name);
    expect(taken).toEqual(
      RESOURCE_TYPES.map(({ name }) => name).filter(
        (name) => !['RDS', 'RDS Multi-AZ cluster', 'SAP HANA', 'Redshift', 'Redshift Serverless'].includes(name),
      ),
    );
  });

  test('says what is not taken, and where', () => {
    const none = (reason: string) => ({ by: 'none', reason });
    expect(travel('RDS')).toEqual(none('AWS Backup keeps no RDS in air-gapped vaults'));
    expect(travel('EKS', 'us-east-1', 'me-south-1')).toEqual(
      none('AWS Backup keeps no EKS in air-gapped vaults of me-south-1'),
    );
    expect(travel('EBS', 'ca-west-1')).toEqual(none('AWS Backup copies nothing from ca-west-1 into air-gapped vaults'));
    expect(travel('DocumentDB', 'af-south-1')).toEqual(
      none('AWS Backup copies no DocumentDB out of or into af-south-1'),
    );
  });

  test('knows Regions of this table only', () => {
    expect([...NO_AIR_GAPPED_VAULTS].filter((region) => !Object.hasOwn(REGIONS, region))).toEqual([]);
  });
});

describe('a copy to an air-gapped vault', () => {
  test('fails for a selection of which nothing is taken there', () => {
    expect(told(checkTravel, { types: ['RDS', 'SAP HANA'] })).toEqual([
      `must select something that can be copied to ${TO}, got only RDS, SAP HANA: AWS Backup does not copy them there; select other types, or use a plan without this copy`,
    ]);
    expect(told(checkTravel, { types: ['RDS'], to: ['vault/eu-west-1'] })).toEqual([]);
    expect(told(checkTravel, { types: ['RDS', 'S3'] })).toEqual([]);
  });

  test('warns of what is left behind, and of what nobody can tell', () => {
    expect(told(travelWarnings, { types: ['RDS', 'S3'] })).toEqual([
      `leaves RDS behind when it is copied to ${TO}: AWS Backup keeps no RDS in air-gapped vaults; back them up by a plan without copies, or leave them out by notResourceTypes, a tag or optIn`,
    ]);
    expect(told(travelWarnings, { types: ['CloudFormation'] })).toEqual([
      'sends CloudFormation to vault/eu-west-1/air-gapped, and AWS does not say whether an air-gapped vault takes them: try it before you count on it',
    ]);
    expect(told(travelWarnings, { types: ['CloudFormation'], to: ['vault/eu-west-1'] })).toEqual([]);
    expect(told(travelWarnings, { types: ['S3'] })).toEqual([]);
  });
});

describe('a rule that targets the air-gapped vault of its source', () => {
  const primary: Given = { source: {}, rule: { targetAirGapped: true }, to: [] };

  test('fails for a selection of which nothing is taken there', () => {
    expect(told(checkTravel, { ...primary, types: ['Redshift'] })).toEqual([
      'must select something that can be copied to production/us-east-1/air-gapped by rule daily-kept-35-days, got only Redshift: AWS Backup keeps no Redshift in air-gapped vaults; select other types, or use a plan without this copy',
    ]);
    expect(told(checkTravel, { ...primary, types: ['FSx ONTAP'] })).toEqual([]);
  });

  test('warns that volumes need a customer-managed key, though they stay in the account', () => {
    expect(told(travelWarnings, { ...primary, types: ['EBS', 'EFS'] })).toEqual([
      'copies EBS, which keep the key of the resource: encrypted ones leave the account only under a customer-managed key that lets the destinations in; name such keys in resourceKeys, or make one with createResourceKey',
    ]);
    expect(told(travelWarnings, { ...primary, rule: {} })).toEqual([]);
  });

  test('is explained before the copies of the rule, with the lock of either vault', () => {
    const config = anAirGappedConfig({ ...primary, types: ['EFS'], to: ['vault/eu-west-1/air-gapped'] });
    expect(explain(config, resolveTopology(config)).map(({ to, travels, lock }) => [to, travels, lock])).toEqual([
      ['production/us-east-1/air-gapped', 'single action', '35 in 7..365, compliance'],
      ['vault/eu-west-1/air-gapped', 'single action', '90 in 7..365, compliance'],
    ]);
  });
});
