// Image assets with every option that Docker has, every property of a function that a smoke needs, and one asset of two functions.
import { App, CfnParameter, CfnResource, DockerBuildSecret, Duration, Size, Stack } from 'aws-cdk-lib'
import { DockerImageAsset, NetworkMode, Platform } from 'aws-cdk-lib/aws-ecr-assets'
import { Architecture, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda'
import { Bucket } from 'aws-cdk-lib/aws-s3'

const app = new App()
const stack = new Stack(app, 'Images')
const bucket = new Bucket(stack, 'Bucket')
const level = new CfnParameter(stack, 'LogLevel', { default: 'info' })
const token = new CfnParameter(stack, 'Token', { noEcho: true })

new DockerImageFunction(stack, 'MyFunction', {
  code: DockerImageCode.fromImageAsset('sources/function', {
    file: 'Containerfile',
    target: 'runtime',
    buildArgs: { BASE: 'public.ecr.aws/lambda/nodejs:22', EMPTY: '' },
    buildContexts: { extra: '../extra', base: 'docker-image://public.ecr.aws/lambda/nodejs:22' },
    buildSecrets: { token: DockerBuildSecret.fromSrc('token.txt'), npm: 'env=NPM_TOKEN' },
    buildSsh: 'default',
    networkMode: NetworkMode.HOST,
    platform: Platform.LINUX_ARM64,
    outputs: ['type=local,dest=out'],
    cacheFrom: [{ type: 'registry', params: { ref: 'registry.example/cache:main' } }, { type: 'gha' }],
    cacheTo: { type: 'registry', params: { ref: 'registry.example/cache:main', mode: 'max' } },
    cacheDisabled: true,
    cmd: ['app.other'],
    entrypoint: ['/lambda-entrypoint.sh'],
    workingDirectory: '/var/task',
  }),
  architecture: Architecture.ARM_64,
  memorySize: 512,
  timeout: Duration.seconds(20),
  ephemeralStorageSize: Size.mebibytes(1024),
  environment: {
    STAGE: 'test',
    BUCKET: bucket.bucketName,
    REGION: stack.region,
    LOG_LEVEL: level.valueAsString,
    TOKEN: token.valueAsString,
  },
})
new DockerImageFunction(stack, 'Plain', { code: DockerImageCode.fromImageAsset('sources/function') })
new DockerImageFunction(stack, 'PlainAgain', { code: DockerImageCode.fromImageAsset('sources/function') })
const asset = new DockerImageAsset(stack, 'Asset', { directory: 'sources/function', target: 'runtime' })
new DockerImageFunction(stack, 'ByAsset', {
  code: DockerImageCode.fromEcr(asset.repository, { tagOrDigest: asset.imageTag }),
})
const included = new CfnResource(stack, 'Included', {
  type: 'AWS::Serverless::Function',
  properties: { PackageType: 'Image', ImageUri: asset.imageUri, MemorySize: 300 },
})
included.addMetadata('Note', 'not of Docker')
new DockerImageFunction(stack, 'Contradicting', {
  code: DockerImageCode.fromImageAsset('sources/function', { platform: Platform.LINUX_ARM64 }),
})
