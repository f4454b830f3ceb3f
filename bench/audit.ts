import { performance } from 'node:perf_hooks';
import { audit } from '../lib/audit/audit';
import { renderAudit } from '../lib/audit/render-audit';
import { ANSWERS } from './clean-answers';
import { type Asked, type Bucket, FakeAws } from './fake-aws';
import { accounts, config, MANAGEMENT, REGIONS, topology } from './large-organization';
import { VirtualTime } from './virtual-time';

const JOBS = Number(process.argv[2] ?? 16);

/** What a bucket is of. */
const PER_ACCOUNT = ({ accountId: account }: Asked) => account;
const PER_PLACE = ({ accountId: account, region }: Asked) => `${account} ${region}`;

/** Of what AWS publishes no rate for, what is taken to be one: see docs/audit.md. */
const BUCKETS: Readonly<Record<string, Bucket>> = {
  organizations: { perSecond: 3, burst: 5, of: PER_ACCOUNT },
  sts: { perSecond: 600, burst: 600, of: PER_PLACE },
  cloudformation: { perSecond: 5, burst: 10, of: PER_PLACE },
  iam: { perSecond: 15, burst: 30, of: PER_ACCOUNT },
  backup: { perSecond: 10, burst: 20, of: PER_PLACE },
  kms: { perSecond: 500, burst: 500, of: PER_PLACE },
  ec2: { perSecond: 20, burst: 100, of: PER_PLACE },
};

const time = new VirtualTime();
const aws = new FakeAws({
  time,
  buckets: BUCKETS,
  answer: (asked) => {
    const answered = ANSWERS[`${asked.service}:${asked.operation}`]?.(asked);
    if (answered === undefined) throw new Error(`nobody answers ${asked.service}:${asked.operation}`);
    return typeof answered === 'string' ? answered : JSON.stringify(answered);
  },
});

async function simulate(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const start = performance.now();
  const ambient = {
    credentials: { accessKeyId: `AKIA${MANAGEMENT}`, secretAccessKey: 'none' },
    requestHandler: aws.requestHandler as never,
  };
  const options = { jobs: JOBS, onProgress: () => {}, timer: time };
  const audited = await time.run(() => audit(config, topology, ambient, options));
  const minutes = (time.now() / 60_000).toFixed(1);
  const calls = [...aws.asked].sort(([, one], [, other]) => other - one);
  for (const [name, count] of calls) console.log(`${String(count).padStart(7)} ${name}`);
  console.log(renderAudit(audited));
  console.log(
    `${accounts.length} accounts × ${REGIONS.length} Regions, ${JOBS} at once: ${minutes} minutes, ${aws.throttled} requests throttled (computed in ${((performance.now() - start) / 1000).toFixed(0)} s)`,
  );
}

simulate();
