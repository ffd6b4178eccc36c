import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { ConformanceReport } from './conformance-report.ts'

/** What a report says of the cluster that a run used. */
export function clusterSection(record: ClusterRecord): ConformanceReport['cluster'] {
  const {
    name,
    profile,
    driver,
    storageClass,
    versions,
    nodes,
    features,
    images,
    applicationImages,
    configured,
    platform,
    subject,
    auditLog,
  } = record
  return {
    name,
    profile,
    driver,
    storageClass,
    ...(subject === undefined ? {} : { subject }),
    versions: { ...versions },
    nodes: nodes.map((node) => ({ name: node.name, role: node.role, zone: node.zone })),
    features: [...features],
    ...(auditLog === undefined ? {} : { auditLog: true as const }),
    images: images.map(({ name: image, reference, imageId, digest, from }) => ({
      ...{ name: image, reference, from },
      ...(imageId !== undefined && { imageId }),
      ...(digest !== undefined && { digest }),
    })),
    ...(configured === undefined ? {} : { configured: { ...configured } }),
    ...(applicationImages === undefined ? {} : { applicationImages: { ...applicationImages } }),
    ...(platform === undefined ? {} : { platform: structuredClone(platform) as ConformanceReport['cluster']['platform'] }),
  }
}
