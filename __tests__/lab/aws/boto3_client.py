"""Drives ECR, Lambda and STS as a user's script does: create a repository, push, create the function, wait, invoke.

Arguments: endpoint URL, region, reference of a local image, ARN of a role. Prints one JSON object.
"""
import base64
import json
import subprocess
import sys
import tempfile

import boto3

endpoint, region, local_image, role = sys.argv[1:]


def client(service):
    return boto3.client(service, endpoint_url=endpoint, region_name=region,
                        aws_access_key_id='AKIASTANDIN', aws_secret_access_key='secret')


def docker(config, *argv, stdin=None):
    subprocess.run(['docker', '--config', config, *argv], input=stdin, check=True, text=True,
                   stdout=subprocess.DEVNULL)


ecr, functions = client('ecr'), client('lambda')
account = client('sts').get_caller_identity()['Account']

name = 'boto3-' + local_image.rsplit(':', 1)[1]
repository = ecr.create_repository(repositoryName=name, imageTagMutability='IMMUTABLE',
                                   imageScanningConfiguration={'scanOnPush': True})['repository']
token = ecr.get_authorization_token()['authorizationData'][0]
user, password = base64.b64decode(token['authorizationToken']).decode().split(':')
tagged = repository['repositoryUri'] + ':v1'
with tempfile.TemporaryDirectory() as config:
    docker(config, 'login', '--username', user, '--password-stdin', tagged.split('/')[0], stdin=password)
    docker(config, 'tag', local_image, tagged)
    try:
        docker(config, 'push', '--quiet', tagged)
    finally:
        docker(config, 'image', 'rm', tagged)
image = ecr.batch_get_image(repositoryName=name, imageIds=[{'imageTag': 'v1'}])['images'][0]
digest = image['imageId']['imageDigest']
# Else the engine may still know the image by this digest, and the function would not run what was pushed.
subprocess.run(['docker', 'image', 'rm', repository['repositoryUri'] + '@' + digest], capture_output=True)
described = ecr.describe_images(repositoryName=name, imageIds=[{'imageDigest': digest}])['imageDetails'][0]

created = functions.create_function(FunctionName=name, PackageType='Image', Role=role, MemorySize=256, Timeout=20,
                                    Code={'ImageUri': repository['repositoryUri'] + '@' + digest})
functions.get_waiter('function_active_v2').wait(FunctionName=name)
answer = functions.invoke(FunctionName=name, LogType='Tail', Payload=json.dumps({'id': 7}))
updated = functions.update_function_code(FunctionName=name, ImageUri=tagged, Publish=True)
functions.get_waiter('function_updated_v2').wait(FunctionName=name)
alias = functions.create_alias(FunctionName=name, Name='live', FunctionVersion=updated['Version'])
failed = functions.invoke(FunctionName=name, Qualifier='live', Payload=json.dumps({'fail': True}))

json.dump({
    'account': account,
    'tags': described['imageTags'],
    'created': created['State'],
    'codeIsDigest': 'sha256:' + created['CodeSha256'] == digest,
    'answer': json.load(answer['Payload']),
    'log': base64.b64decode(answer['LogResult']).decode(),
    'aliasVersion': alias['FunctionVersion'],
    'failure': {'kind': failed['FunctionError'], 'version': failed['ExecutedVersion'],
                'type': json.load(failed['Payload'])['errorType']},
}, sys.stdout)
