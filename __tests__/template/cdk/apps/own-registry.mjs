// `fromEcr` of a registry that is no ECR: its host comes from the environment.
import { App, Stack } from 'aws-cdk-lib'
import { Repository } from 'aws-cdk-lib/aws-ecr'
import { DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda'

const stack = new Stack(new App(), 'Registry')
const repository = Repository.fromRepositoryName(stack, 'Repository', 'any')
repository.repositoryUriForTagOrDigest = (tag) => `${process.env.REPOSITORY}:${tag ?? 'latest'}`
new DockerImageFunction(stack, 'MyFunction', { code: DockerImageCode.fromEcr(repository) })
