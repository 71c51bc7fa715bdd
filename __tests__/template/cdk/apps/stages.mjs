// A pipeline that deploys one stage twice, in two regions, and a stack of the same construct ids beside it.
import { App, Stack, Stage } from 'aws-cdk-lib'
import { Architecture, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines'

class Service extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props)
    const code = DockerImageCode.fromImageAsset('sources/function')
    new DockerImageFunction(this, 'MyFunction', { code, architecture: Architecture.ARM_64 })
    new DockerImageFunction(this, 'MyFunctionWorker', { code })
  }
}
class Shop extends Stage {
  constructor(scope, id, props) {
    super(scope, id, props)
    new Service(this, 'Service')
  }
}

const app = new App()
const delivery = new Stack(app, 'Delivery', { env: { account: '333333333333', region: 'eu-west-1' } })
const input = CodePipelineSource.s3(Bucket.fromBucketName(delivery, 'Source', 'sources'), 'source.zip')
const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] })
const pipeline = new CodePipeline(delivery, 'Pipeline', { synth })
pipeline.addStage(new Shop(app, 'Test', { env: { account: '333333333333', region: 'eu-west-1' } }))
pipeline.addStage(new Shop(app, 'Live', { env: { account: '333333333333', region: 'eu-central-1' } }))
new Service(app, 'Service')
