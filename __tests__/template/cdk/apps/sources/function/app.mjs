export const handler = async () => ({ answer: 42 })
