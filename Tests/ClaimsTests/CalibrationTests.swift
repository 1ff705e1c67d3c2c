import Statistics
import Testing

@testable import Claims

/// How often claims about independent data are decided wrongly.
///
/// `above 0` judged on a two-sided 95 % interval is one-sided at 2.5 %: it may be supported in 2.5 % of the samples, and be
/// refuted in 2.5 %; together, or as `other than 0`, in 5 %. The band is the 99.9 % one of a binomial count at the nominal
/// rate. An optimised build takes 2,000 samples, another 100.
@Suite struct CalibrationTests {
  #if DEBUG
    static let simulations = 100
  #else
    static let simulations = 2000
  #endif

  @Test(.timeLimit(.minutes(5))) func falsePositivesStayWithinTheNominalRate() throws {
    var (supported, refuted, differing) = (0, 0, 0)
    let settings = BootstrapSettings(method: .bca, resamples: 999, seed: 1)
    for simulation in 0..<Self.simulations {
      var generator = SeededGenerator(seed: 2023, stream: UInt64(simulation))
      let x = (0..<60).map { _ in Double.random(in: 0..<1, using: &generator) }
      let y = (0..<60).map { _ in Double.random(in: 0..<1, using: &generator) }
      var settings = settings
      settings.seed = UInt64(simulation)
      let sample = try PairedSample(x: x, y: y)
      let interval = try Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: settings)[0].get()
      let value = RecomputedValue(
        .number(try Coefficient.kendallTauB.value(sample)), interval: interval.lower...interval.upper)
      switch Claim("null", region: .above(0)).verdict(value: value, estimate: value).inference {
      case .supported: supported += 1
      case .refuted: refuted += 1
      default: break
      }
      if Inference.judge(value, in: .differs(from: 0)).verdict == .supported { differing += 1 }
    }
    #expect(supported <= Self.greatest(rate: 0.025), "\(supported) of \(Self.simulations) supported")
    #expect(refuted <= Self.greatest(rate: 0.025), "\(refuted) of \(Self.simulations) refuted")
    #expect(differing <= Self.greatest(rate: 0.05), "\(differing) of \(Self.simulations) differ")
    // An interval that ends at 0 refutes `above 0`, and does not exclude 0.
    #expect(differing <= supported + refuted)
  }

  /// The largest count within the upper 99.9 % band of a binomial at the rate.
  static func greatest(rate: Double) -> Int {
    var probability = 1.0
    for _ in 0..<simulations { probability *= 1 - rate }
    var (count, cumulative) = (0, probability)
    while cumulative < 0.999 {
      count += 1
      probability *= Double(simulations - count + 1) / Double(count) * rate / (1 - rate)
      cumulative += probability
    }
    return count
  }
}
