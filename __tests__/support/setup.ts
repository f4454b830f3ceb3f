import { Testing } from 'cdktf';

// Else each client of the SDK tells of the Node versions of years to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
Testing.setupJest();
