import ArgumentParser
import Sizes

/// The dropout of networks.
struct DropoutOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Probability of dropout in transformers, as they have it in training, 0 to 0.9; none when left out.",
      valueName: "p"))
  var dropout: Double?
  @Option(name: .long, help: "Seed of the masks of dropout; 0 when left out.") var dropoutSeed: Int?

  func validate() throws {
    let (range, seeds) = (Dropout.range, MeasurementSizes.seeds)
    if let dropout, !range.contains(dropout) {
      throw ValidationError("--dropout must be from \(Int(range.lowerBound)) to \(range.upperBound).")
    }
    if let dropoutSeed {
      guard seeds.contains(dropoutSeed) else {
        throw ValidationError("--dropout-seed must be from \(seeds.lowerBound) to \(seeds.upperBound).")
      }
      if dropout == nil { throw ValidationError("--dropout-seed belongs to --dropout.") }
    }
  }

  /// The dropout; nil when nothing is dropped.
  var value: Dropout? { Dropout(dropout, seed: dropoutSeed) }
}

extension BatchOrder: ExpressibleByArgument {}
