import { faker } from '@faker-js/faker/locale/en'

/** The tutorial's function: one customer, made up, stable for an id. */
export const handler = async (event) => {
  const id = Number(event.id ?? 1)
  faker.seed(id)
  return { id, name: faker.person.fullName(), email: faker.internet.email(), city: faker.location.city() }
}
