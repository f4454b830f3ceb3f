module.exports = {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023' } }] },
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/setup.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out'],
  reporters: ['default', '<rootDir>/__tests__/support/closing-line-reporter.js'],
  maxWorkers: 2,
  maxConcurrency: 2,
};
