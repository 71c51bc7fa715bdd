"""Publishes, shares and attaches a layer as a user's script does: direct, by way of S3, and back out again.

Arguments: endpoint URL, region, ARN of a role, a name that nobody else has. Prints one JSON object.
"""
import io
import json
import sys
import urllib.request
import zipfile

import boto3
from botocore.exceptions import ClientError

endpoint, region, role, name = sys.argv[1:]


def client(service):
    return boto3.client(service, endpoint_url=endpoint, region_name=region,
                        aws_access_key_id='AKIASTANDIN', aws_secret_access_key='secret')


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response['Error']['Code']
    return None


def zip_of(path, text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path, text)
    return buffer.getvalue()


functions, s3 = client('lambda'), client('s3')
account = client('sts').get_caller_identity()['Account']
layer = zip_of('python/shop.py', 'VERSION = 1')

s3.create_bucket(Bucket=name, CreateBucketConfiguration={'LocationConstraint': region})
s3.put_object(Bucket=name, Key='layers/shop.zip', Body=layer, ExpectedBucketOwner=account)
wrong_owner = refused(s3.put_object, Bucket=name, Key='x', Body=b'', ExpectedBucketOwner='999999999999')

direct = functions.publish_layer_version(LayerName=name, Content={'ZipFile': layer}, Description='shop',
                                         CompatibleRuntimes=['python3.13'], CompatibleArchitectures=['arm64'])
copied = functions.publish_layer_version(LayerName=name, Content={'S3Bucket': name, 'S3Key': 'layers/shop.zip'})
s3.delete_object(Bucket=name, Key='layers/shop.zip')
downloaded = urllib.request.urlopen(copied['Content']['Location']).read()

grant = {'LayerName': name, 'VersionNumber': copied['Version'], 'Action': 'lambda:GetLayerVersion'}
functions.add_layer_version_permission(StatementId='one', Principal='210987654321', **grant)
again = refused(functions.add_layer_version_permission, StatementId='one', Principal='210987654321', **grant)
policy = json.loads(functions.get_layer_version_policy(LayerName=name, VersionNumber=copied['Version'])['Policy'])

functions.create_function(FunctionName=name, Runtime='python3.13', Handler='app.handler', Role=role,
                          Code={'ZipFile': zip_of('app.py', 'handler = None')}, Layers=[direct['LayerVersionArn']])
functions.get_waiter('function_active_v2').wait(FunctionName=name)
functions.update_function_configuration(FunctionName=name, Layers=[copied['LayerVersionArn']])
functions.get_waiter('function_updated_v2').wait(FunctionName=name)
listed = [one for page in functions.get_paginator('list_functions').paginate() for one in page['Functions']]

json.dump({
    'region': s3.head_bucket(Bucket=name)['BucketRegion'],
    'location': s3.get_bucket_location(Bucket=name)['LocationConstraint'],
    'wrongOwner': wrong_owner,
    'versions': [direct['Version'], copied['Version']],
    'sameBytes': downloaded == layer and direct['Content']['CodeSha256'] == copied['Content']['CodeSha256'],
    'newest': [one['Version'] for one in functions.list_layer_versions(LayerName=name)['LayerVersions']],
    'again': again,
    'principals': [one['Principal'] for one in policy['Statement']],
    'layers': [one['Arn'] for one in functions.get_function_configuration(FunctionName=name)['Layers']],
    'byArn': functions.get_layer_version_by_arn(Arn=direct['LayerVersionArn'])['Description'],
    'listed': [one['FunctionName'] for one in listed],
}, sys.stdout)
