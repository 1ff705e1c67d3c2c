import Statistics

@testable import Reductions

/// A small search space with a target that two of its features decide.
enum SampleSpace {
  static let operations = ["SDP", "DFT", "DSC"]

  /// Depth 2 or 4, width 1 … 5, an operation and noise; the target is 10 for depth 4, 2 more for width 4 and above, and
  /// noise up to 1.
  static func sample(_ count: Int, seed: UInt64, higherIsBetter: Bool = true, clusterSize: Int? = nil) throws
    -> FeatureSample
  {
    var generator = SeededGenerator(seed: seed)
    var (depth, width, operation, noise, target) = ([Double](), [Double](), [String](), [Double](), [Double]())
    for _ in 0..<count {
      depth.append(generator.next(below: 2) == 0 ? 2 : 4)
      width.append(Double(1 + generator.next(below: 5)))
      operation.append(operations[generator.next(below: 3)])
      noise.append(Double(generator.next(below: 1000)) / 8)
      let value =
        (depth.last == 4 ? 10 : 0) + (width.last ?? 0 >= 4 ? 2 : 0) + Double(generator.next(below: 1 << 20))
        / Double(1 << 20)
      target.append(higherIsBetter ? value : -value)
    }
    return try FeatureSample(
      features: [
        FeatureColumn(name: "depth", title: "Depth", values: .numbers(depth)),
        FeatureColumn(name: "width", title: "Width", values: .numbers(width)),
        FeatureColumn(name: "operation", title: "Operation", values: .texts(operation)),
        FeatureColumn(name: "noise", title: "Noise", values: .numbers(noise)),
      ], target: target, higherIsBetter: higherIsBetter, strata: depth.map { Int($0) },
      clusters: clusterSize.map { size in (0..<count).map { $0 / size } })
  }
}
