// Images of ECR repositories: imported, of this stack, of another stack of the app, pinned in every way.
import { App, CfnParameter, Stack } from 'aws-cdk-lib'
import { Repository } from 'aws-cdk-lib/aws-ecr'
import { DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda'

const app = new App()
const shared = new Stack(app, 'Shared')
const sharedRepository = new Repository(shared, 'SharedRepository')

const stack = new Stack(app, 'Registry')
const imported = Repository.fromRepositoryName(stack, 'Imported', 'team/orders')
const other = Repository.fromRepositoryArn(stack, 'Other', 'arn:aws:ecr:eu-west-1:123456789012:repository/team/orders')
const own = new Repository(stack, 'OwnRepository')
const tag = new CfnParameter(stack, 'ImageTag')
const digest = `sha256:${'ab'.repeat(32)}`

const image = (id, repository, tagOrDigest) =>
  new DockerImageFunction(stack, id, { code: DockerImageCode.fromEcr(repository, { tagOrDigest }) })
image('Tagged', imported, 'v1')
image('Pinned', other, digest)
image('Untagged', other, undefined)
image('Latest', other, 'latest')
image('ByParameter', other, tag.valueAsString)
image('Own', own, 'v1')
image('OwnByParameter', own, tag.valueAsString)
image('OfOtherStack', sharedRepository, 'v1')

const fixed = new Stack(app, 'Fixed', { env: { account: '210987654321', region: 'cn-north-1' } })
new DockerImageFunction(fixed, 'InChina', {
  code: DockerImageCode.fromEcr(Repository.fromRepositoryName(fixed, 'Imported', 'team/orders'), { tagOrDigest: 'v2' }),
})
