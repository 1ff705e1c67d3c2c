import Foundation
import Testing

/// The bytes of a report do not depend on the kernels, nor on the C library's variants for the processor.
@Suite struct KernelPathRunTests {
  /// Needs no data: nine cells in each precision.
  private let spec = """
    analysis: paths
    title: Kernels
    measure:
      singles:
        architectures: {sample: {count: 9, seed: 2}}
        network: {vocabulary: 50, embedding: 12, hidden: 20, layers: 2, seeds: [0, 1, 2]}
        tokens: {use: text-free, steps: 6, columns: 5}
        metrics: all
      doubles:
        architectures: {sample: {count: 9, seed: 2}}
        network: {vocabulary: 50, embedding: 12, hidden: 20, layers: 2, precision: float64, seeds: [0, 1]}
        tokens: {use: text-free, steps: 6, columns: 5}
        metrics: all
    target: {dataset: doubles, column: parameters, better: higher}
    correlations:
      main:
        metrics: all
        baselines: [flops]
        interval: {method: bca, resamples: 199, seed: 1}
        agreement: true
    reliability:
      seeds: {dataset: singles-runs, subject: architecture, rater: seed}
    report:
      - figure: {heat-map: main, name: agreement}
      - figure: {forest: main, name: sizes}
      - table: main
      - table: seeds
    """

  private static let switchedOff = ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-FMA"]

  private func report(_ environment: [String: String]) throws -> [String: Data] {
    let tool = try Tool()
    try tool.write(spec, to: "a.yaml")
    let result = try tool.run(["run", "a.yaml"], environment: environment)
    try #require(result.status == 0, "\(result.errors)")
    return try tool.files("reports/paths")
  }

  @Test func everyPathGivesTheSameReport() throws {
    let expected = try report([:])
    #expect(expected["measurements/singles.csv"] != nil && expected["figures/agreement.svg"] != nil)
    var paths: [String] = []
    for path in ["avx512", "avx2", "neon", "plain"] {
      let doctor = try Tool().run(["doctor"], environment: ["TRAINFREE_KERNELS": path])
      if doctor.output.contains("kernels: \(path)\n") {
        paths.append(path)
      } else {
        #expect(doctor.status == 64 && doctor.errors.contains("TRAINFREE_KERNELS"))
      }
    }
    #expect(paths.contains("plain"))
    for path in paths {
      let found = try report(["TRAINFREE_KERNELS": path])
      for (file, bytes) in expected { #expect(found[file] == bytes, "\(path): \(file)") }
    }
    for environment in [Self.switchedOff, Self.switchedOff.merging(["TRAINFREE_KERNELS": "plain"]) { $1 }] {
      let found = try report(environment)
      for (file, bytes) in expected { #expect(found[file] == bytes, "\(environment): \(file)") }
    }
  }

  @Test(arguments: [["run", "a.yaml"], ["measure", "x.json"], ["metrics", "list"], ["doctor"]])
  func kernelsThatCannotBeHadAreRefused(_ arguments: [String]) throws {
    let tool = try Tool()
    let result = try tool.run(arguments, environment: ["TRAINFREE_KERNELS": "sse9"])
    #expect(result.status == 64 && result.output.isEmpty, "\(result.output)")
    #expect(result.errors.contains("TRAINFREE_KERNELS: there are no such kernels; this processor has "))
  }
}
