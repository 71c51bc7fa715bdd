// Layers of a folder, of a zip, for both architectures and with content on S3; one function without an image.
import { App, Stack } from 'aws-cdk-lib'
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { Bucket } from 'aws-cdk-lib/aws-s3'

const app = new App()
const stack = new Stack(app, 'Layers')
new LayerVersion(stack, 'Folder', {
  code: Code.fromAsset('sources/layer'),
  layerVersionName: 'shared-code',
  description: 'Shared code',
  license: 'MIT',
  compatibleRuntimes: [Runtime.PYTHON_3_13, Runtime.PYTHON_3_12],
  compatibleArchitectures: [Architecture.ARM_64],
})
new LayerVersion(stack, 'Zip', {
  code: Code.fromAsset('sources/layer.zip'),
  compatibleRuntimes: [Runtime.PYTHON_3_13],
  compatibleArchitectures: [Architecture.X86_64, Architecture.ARM_64],
})
new LayerVersion(stack, 'OnS3', {
  code: Code.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'artifacts'), 'layer.zip'),
  compatibleRuntimes: [Runtime.PYTHON_3_13],
})
// Code that is bundled already: bundling here would need esbuild.
new NodejsFunction(stack, 'Script', {
  code: Code.fromAsset('sources/function'),
  handler: 'app.handler',
  runtime: Runtime.NODEJS_22_X,
})
