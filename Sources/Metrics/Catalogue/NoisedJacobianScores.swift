import Outcomes
import Tensors

/// Serianni & Kalita (2023): how little a score of the Jacobian changes with noise on the input.
struct NoisedJacobianChange: Metric {
  let description: MetricDescription
  let score: JacobianScore
  /// a, the size of the noise in variances of the embedded tokens.
  let noise: Double
  /// True when `results` has |J − Jₐ| − 1 in place of 1 − |J − Jₐ|, as the published table does.
  var isNegatedInResults = false

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let plain = passes.jacobian(score, of: passes.forward, choice.cotangent)
    let noised = passes.jacobian(score, of: passes.noised(noise), choice.cotangent)
    let isNegated = isNegatedInResults && passes.protocolName == .results
    return [
      Reading { () throws(Reason) in
        let change = abs(try plain.value() - noised.value())
        return isNegated ? change - 1 : 1 - change
      }
    ]
  }

  /// The formula in words, of a score with a symbol and noise of a size.
  private static func formula(_ score: String, noise: String) -> String {
    "1 − |\(score) − \(score)ₐ| with a = \(noise): \(score) without noise, "
      + "\(score)ₐ with a · Var(embedding) · n added to the embedding, n standard normal"
  }

  /// a = 0.1.
  static let smallNoise = NoisedJacobianChange(
    description: MetricDescription(
      id: "small-noise-jacobian", title: "Small noise Jacobian",
      summary: "How little the Jacobian score changes when noise of 0.1 variances is added.",
      formula: formula("J", noise: "0.1"),
      reference: "serianni2023", kinds: .recurrentCells), score: .covariance, noise: 0.1)

  /// a = 10.
  static let largeNoise = NoisedJacobianChange(
    description: MetricDescription(
      id: "large-noise-jacobian", title: "Large noise Jacobian",
      summary: "How little the Jacobian score changes when noise of 10 variances is added.",
      formula: formula("J", noise: "10"),
      reference: "serianni2023", protocols: "the published table of 8,794 rows has |J − Jₐ| − 1 instead",
      kinds: .recurrentCells),
    score: .covariance, noise: 10, isNegatedInResults: true)

  /// a = 0.1, of the cosine score.
  static let smallNoiseCosine = NoisedJacobianChange(
    description: MetricDescription(
      id: "small-noise-jacobian-cosine", title: "Small noise Jacobian cosine",
      summary: "How little the Jacobian cosine score changes when noise of 0.1 variances is added.",
      formula: formula("C", noise: "0.1"),
      reference: "serianni2023", kinds: .recurrentCells), score: .cosine, noise: 0.1)

  /// a = 10, of the cosine score.
  static let largeNoiseCosine = NoisedJacobianChange(
    description: MetricDescription(
      id: "large-noise-jacobian-cosine", title: "Large noise Jacobian cosine",
      summary: "How little the Jacobian cosine score changes when noise of 10 variances is added.",
      formula: formula("C", noise: "10"),
      reference: "serianni2023", kinds: .recurrentCells), score: .cosine, noise: 10)
}

/// Serianni & Kalita (2023): the product of the scores of the Jacobian without noise and with noise of three sizes.
struct NoisedJacobianProduct: Metric {
  let description: MetricDescription
  let score: JacobianScore

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let scores = ([passes.forward] + [0.1, 10, 100].map { passes.noised($0) }).map {
      passes.jacobian(score, of: $0, choice.cotangent)
    }
    return [
      Reading { () throws(Reason) in
        var product = 1.0
        for score in scores { product *= try score.value() }
        return product
      }
    ]
  }

  /// The product of covariance scores.
  static let moreNoised = NoisedJacobianProduct(
    description: MetricDescription(
      id: "more-noised-jacobian", title: "More noised Jacobian",
      summary: "The product of the Jacobian scores without noise and with noise of 0.1, 10 and 100 variances.",
      formula: "J · J₀.₁ · J₁₀ · J₁₀₀",
      reference: "serianni2023", kinds: .recurrentCells), score: .covariance)

  /// The product of cosine scores.
  static let moreNoisedCosine = NoisedJacobianProduct(
    description: MetricDescription(
      id: "more-noised-jacobian-cosine", title: "More noised Jacobian cosine",
      summary: "The product of the Jacobian cosine scores without noise and with noise of 0.1, 10 and 100 variances.",
      formula: "C · C₀.₁ · C₁₀ · C₁₀₀",
      reference: "serianni2023", kinds: .recurrentCells), score: .cosine)
}
