import { ServiceError } from '../service-error.ts'

/** Lambda's errors in AWS's words; each names the shape and status of its service model. */
export const lambdaErrors = {
  invalidParameter: (message: string) =>
    new ServiceError('InvalidParameterValueException', 400, message, { members: { Type: 'User' } }),
  notFound: (message: string) =>
    new ServiceError('ResourceNotFoundException', 404, message, { members: { Type: 'User' } }),
  conflict: (message: string) =>
    new ServiceError('ResourceConflictException', 409, message, { members: { Type: 'User' } }),
  wrongRevision: () =>
    new ServiceError(
      'PreconditionFailedException',
      412,
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      { members: { Type: 'User' } },
    ),
}
