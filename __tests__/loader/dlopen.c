#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

/* Opens each argument in turn with RTLD_NOW; prints `ok` or `no` for each, then the names of all objects. */
static int print(struct dl_phdr_info *info, size_t size, void *data) {
  if (info->dlpi_name[0] != 0) printf("object %s\n", info->dlpi_name);
  return 0;
}

int main(int count, char **arguments) {
  for (int index = 1; index < count; index++) {
    void *library = dlopen(arguments[index], RTLD_NOW);
    printf("%s %s\n", library ? "ok" : "no", library ? "" : dlerror());
  }
  dl_iterate_phdr(print, NULL);
  return 0;
}
