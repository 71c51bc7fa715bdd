/** What the identity that attaches a version of another account must be allowed, and nothing more (JSON text). */
export function consumerStatement(layerVersionArn: string): string {
  const statement = { Effect: 'Allow', Action: 'lambda:GetLayerVersion', Resource: layerVersionArn }
  return JSON.stringify(statement, undefined, 2)
}
