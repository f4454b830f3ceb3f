import { ProofError } from './proof-error';
import { type ProofSubject, proveFolder } from './prove-folder';
import { renderFailures, renderVerdict } from './render-proof';

/** Whether stacks may be written for a deploy, and what to tell about it. */
export interface Verdict {
  readonly mayDeploy: boolean;
  /** What went wrong, or was let pass; a line each. */
  readonly notes: readonly string[];
  /** What is proven, and what is open on purpose; a line each. */
  readonly summary: readonly string[];
}

/** Proves the stacks of a synth: what fails is written only when the config says why it may. */
export function judge(subject: ProofSubject): Verdict {
  try {
    const proof = proveFolder(subject);
    const risks = proof.acceptedRisks.map((risk) => `accepted risk: ${risk}`);
    if (proof.failures.length === 0) return { mayDeploy: true, notes: [], summary: [renderVerdict(proof), ...risks] };
    return refused(renderFailures(proof), subject.config.acceptFailingProof);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return refused([error.message], subject.config.acceptFailingProof);
  }
}

const refused = (failures: readonly string[], accepted: string | undefined): Verdict =>
  accepted === undefined
    ? {
        mayDeploy: false,
        notes: [
          ...failures,
          'Nothing is written; what an earlier synth wrote stays. To write it all the same, say why in acceptFailingProof.',
        ],
        summary: [],
      }
    : {
        mayDeploy: true,
        notes: failures,
        summary: [`accepted risk: the proof fails (acceptFailingProof: ${accepted}).`],
      };
