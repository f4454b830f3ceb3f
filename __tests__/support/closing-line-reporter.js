/** Ends the run with the plain line that CI reads; at exit, because jest prints its own summary after all reporters. */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const skipped = numPendingTests > 0 ? `${numPendingTests} skipped, each with its reason above\n` : '';
    const line = `${skipped}${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;
    process.once('exit', () => console.log(`\n${line}`));
  }
};
