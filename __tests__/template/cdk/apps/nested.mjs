// Nested stacks in stacks and in a stage; a nested stack that gets its parent's repository, or a tag, as parameter.
import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib'
import { Repository } from 'aws-cdk-lib/aws-ecr'
import { Code, DockerImageCode, DockerImageFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'

const app = new App()
const stack = new Stack(app, 'Outer', { env: { account: '111111111111', region: 'eu-west-1' } })
const repository = new Repository(stack, 'Repository')
const tag = new CfnParameter(stack, 'ImageTag', { default: 'v7' })

const nested = new NestedStack(stack, 'Nested')
const imported = Repository.fromRepositoryName(nested, 'Imported', 'team/orders')
new DockerImageFunction(nested, 'Fn', { code: DockerImageCode.fromImageAsset('sources/function') })
new DockerImageFunction(nested, 'OfParent', { code: DockerImageCode.fromEcr(repository, { tagOrDigest: 'v1' }) })
new DockerImageFunction(nested, 'TagOfParent', {
  code: DockerImageCode.fromEcr(imported, { tagOrDigest: tag.valueAsString }),
})
const deep = new NestedStack(nested, 'Deep')
new LayerVersion(deep, 'Layer', { code: Code.fromAsset('sources/layer'), compatibleRuntimes: [Runtime.PYTHON_3_11] })

const stage = new Stage(app, 'Prod', { env: { account: '222222222222', region: 'us-east-1' } })
const service = new Stack(stage, 'Service')
new DockerImageFunction(service, 'MyFunction', { code: DockerImageCode.fromImageAsset('sources/function') })
const inner = new NestedStack(service, 'Nested')
new DockerImageFunction(inner, 'Fn', { code: DockerImageCode.fromImageAsset('sources/function') })
