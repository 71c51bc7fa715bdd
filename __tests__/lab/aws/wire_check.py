"""Compares recorded answers strictly with botocore's service models: what the SDKs forgive is a fault here.

Input (stdin): a JSON list of {service, operation, answer: {status, headers, body}}.
Output: a JSON list of faults, each one line of text. Exit status 0 either way.
"""
import json
import sys
import xml.etree.ElementTree as ElementTree

from botocore.loaders import Loader

# Errors that every AWS service may give without its model declaring them, with their HTTP status per protocol.
COMMON_ERRORS = {
    'rest-json': {'AccessDeniedException': 403, 'UnrecognizedClientException': 403, 'ExpiredTokenException': 403,
                  'MissingAuthenticationTokenException': 403,
                  # Recorded from AWS, of layers and zips.
                  'RequestEntityTooLargeException': 413, 'ValidationException': 400},
    'json': {'AccessDeniedException': 400, 'UnrecognizedClientException': 400, 'ExpiredTokenException': 400,
             'ThrottlingException': 400},
    'query': {'AccessDenied': 403, 'InvalidClientTokenId': 403, 'ExpiredToken': 403, 'Throttling': 400,
              'InternalFailure': 500},
    'rest-xml': {'AccessDenied': 403, 'InvalidAccessKeyId': 403, 'ExpiredToken': 400, 'SlowDown': 503,
                 'InternalError': 500, 'OperationAborted': 409, 'PermanentRedirect': 301, 'NoSuchBucket': 404,
                 'NoSuchKey': 404, 'BadDigest': 400, 'XAmzContentSHA256Mismatch': 400},
}
COMMON_MEMBERS = {'message', 'Message', '__type', 'Type', 'Code', 'RequestId', 'HostId', 'Key', 'Endpoint', 'Bucket'}
# Of every answer of S3; the region also of its errors.
S3_HEADERS = {'x-amz-request-id', 'x-amz-id-2', 'x-amz-bucket-region'}
# Recorded from AWS although the model does not list it: an update shows the reason code of a creation.
NEWER_ENUM_VALUES = {('LastUpdateStatusReasonCode', 'Creating')}


class Model:
    def __init__(self, service):
        self.document = Loader().load_service_model(service, 'service-2')
        self.shapes = self.document['shapes']
        self.protocol = self.document['metadata']['protocol']

    def check_value(self, name, value, path, faults):
        shape = self.shapes[name]
        kind = shape['type']
        if kind == 'structure':
            if not isinstance(value, dict):
                faults.append(f'{path}: {type(value).__name__} instead of structure {name}')
                return
            self.check_members(shape, value, path, faults)
        elif kind == 'list':
            if not isinstance(value, list):
                faults.append(f'{path}: {type(value).__name__} instead of list {name}')
                return
            for index, item in enumerate(value):
                self.check_value(shape['member']['shape'], item, f'{path}[{index}]', faults)
        elif kind == 'map':
            if not isinstance(value, dict):
                faults.append(f'{path}: {type(value).__name__} instead of map {name}')
                return
            for key, item in value.items():
                self.check_value(shape['value']['shape'], item, f'{path}.{key}', faults)
        else:
            self.check_scalar(name, shape, value, path, faults)

    def check_members(self, shape, value, path, faults, skip=()):
        members = {member.get('locationName', key): member for key, member in shape['members'].items()
                   if 'location' not in member}
        for key, item in value.items():
            if key in members:
                if item is None:
                    faults.append(f'{path}.{key}: null')
                else:
                    self.check_value(members[key]['shape'], item, f'{path}.{key}', faults)
            elif key not in skip:
                faults.append(f'{path}.{key}: unknown member')
        for required in shape.get('required', []):
            if 'location' not in shape['members'][required] and required not in value:
                faults.append(f'{path}.{required}: required member is missing')

    def check_scalar(self, name, shape, value, path, faults):
        kind = shape['type']
        # In JSON a timestamp is a number of seconds unless the shape says otherwise.
        python_types = {'string': str, 'blob': str, 'boolean': bool, 'integer': int, 'long': int,
                        'float': (int, float), 'double': (int, float), 'timestamp': (int, float)}[kind]
        if not isinstance(value, python_types) or (isinstance(value, bool) and kind != 'boolean'):
            faults.append(f'{path}: {type(value).__name__} instead of {kind} {name}')
            return
        if 'enum' in shape and value not in shape['enum'] and (name, value) not in NEWER_ENUM_VALUES:
            faults.append(f'{path}: {value!r} is not in the enum {name}')
        if kind == 'string' and not shape.get('min', 0) <= len(value) <= shape.get('max', len(value)):
            faults.append(f'{path}: length {len(value)} is outside of {name}')
        if kind in ('integer', 'long') and not shape.get('min', value) <= value <= shape.get('max', value):
            faults.append(f'{path}: {value} is outside of {name}')

    def check(self, call):
        operation = self.document['operations'].get(call['operation'])
        if operation is None:
            return [f'{call["operation"]} is no operation']
        answer = {**call['answer'], 'headers': {key.lower(): value for key, value in call['answer']['headers'].items()}}
        faults = []
        request_id = 'x-amz-request-id' if self.protocol == 'rest-xml' else 'x-amzn-requestid'
        if request_id not in answer['headers']:
            faults.append(f'no {request_id}')
        check = self.check_error if answer['status'] >= 300 else self.check_output
        check(operation, answer, faults)
        return faults

    def check_output(self, operation, answer, faults):
        output = self.shapes[operation['output']['shape']] if 'output' in operation else {'members': {}}
        members = output.get('members', {})
        told_by_status = any(member.get('location') == 'statusCode' for member in members.values())
        expected = operation['http'].get('responseCode', 200)
        if answer['status'] != expected and not told_by_status:
            faults.append(f'status {answer["status"]} instead of {expected}')
        for member in members.values():
            # A number or a date is text in a header.
            is_text = self.shapes[member['shape']]['type'] == 'string'
            if is_text and member.get('location') == 'header' and member['locationName'].lower() in answer['headers']:
                self.check_value(member['shape'], answer['headers'][member['locationName'].lower()],
                                 member['locationName'], faults)
        if self.protocol == 'rest-xml':
            self.check_s3(operation, members, answer, faults)
            return
        if 'payload' in output:
            return
        if self.protocol == 'query':
            self.check_xml(operation, answer['body'], faults)
        elif answer['body'] or not told_by_status and answer['status'] != 204:
            self.check_members(output, json.loads(answer['body']), operation['name'], faults)

    def check_s3(self, operation, members, answer, faults):
        known = {member['locationName'].lower() for member in members.values() if member.get('location') == 'header'}
        for name in answer['headers']:
            if name.startswith('x-amz-') and name not in known | S3_HEADERS:
                faults.append(f'{operation["name"]}: unknown header {name}')
        if 'LocationConstraint' in members and members['LocationConstraint'].get('location') is None:
            root = ElementTree.fromstring(answer['body'])
            namespace = self.document['metadata'].get('xmlNamespace', 'http://s3.amazonaws.com/doc/2006-03-01/')
            if root.tag != f'{{{namespace}}}LocationConstraint':
                faults.append(f'root element {root.tag}')
            elif root.text:
                self.check_value(members['LocationConstraint']['shape'], root.text, 'LocationConstraint', faults)
        elif answer['body'] and 'payload' not in self.shapes[operation['output']['shape']]:
            faults.append(f'{operation["name"]}: a body, where the model has none')

    def check_xml(self, operation, body, faults):
        namespace = self.document['metadata']['xmlNamespace']
        root = ElementTree.fromstring(body)
        if root.tag != f'{{{namespace}}}{operation["name"]}Response':
            faults.append(f'root element {root.tag}')
        result = root.find(f'{{{namespace}}}{operation["output"]["resultWrapper"]}')
        values = {child.tag.removeprefix(f'{{{namespace}}}'): child.text for child in result}
        self.check_members(self.shapes[operation['output']['shape']], values, operation['name'], faults)
        if root.find(f'{{{namespace}}}ResponseMetadata/{{{namespace}}}RequestId') is None:
            faults.append('no ResponseMetadata/RequestId')

    def check_error(self, operation, answer, faults):
        if operation['http']['method'] == 'HEAD':
            if answer['body']:
                faults.append('a body in the answer to HEAD')
            return
        code, body = self.read_error(answer, faults)
        declared = {error['shape']: self.shapes[error['shape']] for error in operation.get('errors', [])}
        if code in declared:
            shape = declared[code]
            expected = shape.get('error', {}).get('httpStatusCode', 500 if shape.get('fault') else 400)
            if answer['status'] != expected:
                faults.append(f'{code} with status {answer["status"]} instead of {expected}')
            self.check_members(shape, body, code, faults,
                               skip=COMMON_MEMBERS if self.protocol == 'rest-xml' else {'__type'})
        elif code in COMMON_ERRORS[self.protocol]:
            expected = COMMON_ERRORS[self.protocol][code]
            if answer['status'] != expected:
                faults.append(f'{code} with status {answer["status"]} instead of {expected}')
            faults.extend(f'{code}.{key}: unknown member' for key in body if key not in COMMON_MEMBERS)
        else:
            faults.append(f'{code} is not declared for {operation["name"]}')
        if not any(key.lower() == 'message' for key in body):
            faults.append(f'{code} without a message')

    def read_error(self, answer, faults):
        if self.protocol == 'query':
            root = ElementTree.fromstring(answer['body'])
            namespace = '{' + self.document['metadata']['xmlNamespace'] + '}'
            if root.tag != f'{namespace}ErrorResponse' or root.find(f'{namespace}RequestId') is None:
                faults.append('not an ErrorResponse with a RequestId')
            error = root.find(f'{namespace}Error')
            return error.find(f'{namespace}Code').text, {'Message': error.find(f'{namespace}Message').text}
        if self.protocol == 'rest-xml':
            body = {child.tag: child.text for child in ElementTree.fromstring(answer['body'])}
            return body.get('Code'), body
        body = json.loads(answer['body'])
        if self.protocol == 'rest-json':
            return answer['headers'].get('x-amzn-errortype'), body
        return body.get('__type'), body


def main():
    models = {}
    faults = []
    for call in json.load(sys.stdin):
        service = call['service']
        if service not in models:
            models[service] = Model(service)
        for fault in models[service].check(call):
            faults.append(f'{service}:{call["operation"]} ({call["answer"]["status"]}): {fault}')
    json.dump(faults, sys.stdout)


main()
