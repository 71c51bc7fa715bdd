/** Layers that are known to work on Lambda: tar compressed by gzip (Docker image manifest v2 schema 2, OCI image-spec). */
export const GZIP_LAYERS: readonly string[] = [
  'application/vnd.docker.image.rootfs.diff.tar.gzip',
  'application/vnd.oci.image.layer.v1.tar+gzip',
]
