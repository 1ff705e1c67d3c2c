import Networks
import Tensors

/// Neural Spectral Capacity (Zhu, Zhao & Lu 2026): a closed form of an architecture's sizes.
struct NeuralSpectralCapacity: Metric {
  let description: MetricDescription
  let reading: CapacityReading

  private init(
    _ reading: CapacityReading, _ how: String, kinds: Set<ArchitectureKind> = .transformers
  ) {
    self.reading = reading
    let isPublished = reading == .published
    description = MetricDescription(
      id: "neural-spectral-capacity" + (isPublished ? "" : "-\(reading.rawValue)"),
      title: "Neural Spectral Capacity" + (isPublished ? "" : ", \(how)"),
      summary: "The capacity of random weight matrices of these sizes"
        + (isPublished ? ", without weights, data or seed." : ": \(how)."),
      formula:
        "Σ over the matrices of the layers of the limit of ln det(I + WᵀW) for large matrices of independent entries, "
        + (isPublished
          ? "as in the released code (encoders: declared sizes; queries, keys and values one matrix; k feed-forward branches of width f div k; variance 2/(inputs + outputs); decoders: a matrix for each head, standard deviation 0.02)"
          : "as in neural-spectral-capacity, but with \(how)"),
      reference: "zhu2026", kinds: kinds)
  }

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.transformer { [reading] in $0.spectralCapacity(reading) }]
  }

  static let published = NeuralSpectralCapacity(.published, "as published")
  static let merged = NeuralSpectralCapacity(.merged, "queries, keys and values one matrix")
  static let perHead = NeuralSpectralCapacity(.perHead, "queries, keys and values a matrix for each head")
  static let stacked = NeuralSpectralCapacity(.stacked, "feed-forward layers as a stack", kinds: [.encoder])
  static let xavier = NeuralSpectralCapacity(.xavier, "the variance 2/(inputs + outputs)")
  static let kaiming = NeuralSpectralCapacity(.kaiming, "the variance 2/inputs")
  static let constant = NeuralSpectralCapacity(.constant, "the standard deviation 0.02")
}

extension Set<ArchitectureKind> {
  /// Encoders and decoders.
  package static let transformers: Set = [.encoder, .gpt2, .transformerXL]
}
