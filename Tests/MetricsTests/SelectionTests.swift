import Networks
import Sizes
import Testing

@testable import Metrics

/// Names of metrics with their choices.
@Suite struct SelectionTests {
  @Test(arguments: MetricCatalog.all.map(\.id)) func idsAreThemselves(_ id: String) throws {
    let selection = try #require(MetricCatalog.selection(id))
    #expect(selection.id == id && selection.name == id && selection.words.isEmpty)
    #expect(selection.scope == nil && selection.cotangent == nil && selection.reduction == nil)
  }

  /// Every word of every option of every metric, alone and all together.
  @Test(arguments: MetricCatalog.all.map(\.id)) func everyWord(_ id: String) throws {
    let metric = try #require(MetricCatalog.description(of: id))
    let ids = Set(MetricCatalog.all.map(\.id))
    func words(_ option: MetricOption) -> [String?] {
      metric.options.contains(option) ? [nil] + option.words.map { $0 } : [nil]
    }
    for scope in words(.scope) {
      for cotangent in words(.cotangent) {
        for reduction in words(.reduction) {
          let name = ([metric.id] + [scope, cotangent, reduction].compactMap { $0 }).joined(separator: "-")
          let selection = try #require(MetricCatalog.selection(name), "\(name)")
          guard name == metric.id || !ids.contains(name) else {
            // The id of another metric is that metric.
            #expect(selection.id == name)
            continue
          }
          #expect(selection.id == metric.id, "\(name)")
          #expect(selection.scope?.rawValue == scope && selection.cotangent?.rawValue == cotangent, "\(name)")
          #expect(selection.reduction?.rawValue == reduction, "\(name)")
        }
      }
    }
    for option in MetricOption.allCases where !metric.options.contains(option) {
      for word in option.words where !ids.contains("\(metric.id)-\(word)") {
        #expect(MetricCatalog.selection("\(metric.id)-\(word)") == nil, "\(metric.id)-\(word)")
      }
    }
  }

  /// No name with choices is that of two metrics.
  @Test func noNameIsAmbiguous() {
    let all = MetricCatalog.all
    for metric in all {
      for other in all where other.id != metric.id && other.id.hasPrefix(metric.id + "-") {
        let rest = other.id.dropFirst(metric.id.count + 1)
        for option in metric.options { #expect(!option.words.contains(String(rest)), "\(other.id)") }
      }
    }
  }

  @Test func endingsThatEndAlike() throws {
    let masked = try #require(MetricCatalog.selection("snip-masked-language-model"))
    #expect(masked.cotangent == .maskedLanguageModel && masked.scope == nil)
    let all = try #require(MetricCatalog.selection("gradient-norm-weights-embeddings-language-model-mean"))
    #expect(all.scope == .weightsAndEmbeddings && all.cotangent == .languageModel && all.reduction == .mean)
    #expect(all.words == "over weights-embeddings, cotangent language-model, mean")
    #expect(MetricCatalog.selection("head-importance-32-mean")?.id == "head-importance-32")
    #expect(MetricCatalog.selection("synflow-kept-linear")?.scope == .linear)
  }

  @Test(
    arguments: [
      "", "-", "snip-", "-snip", "snip-mean-ones", "snip-ones-ones", "snip-ones-weights", "snip-Ones", "snip ones",
      "snip-flow", "snip-matrices", "snip-masked", "synflow-ones", "parameters-mean", "head-importance-64",
      "naswot-sum", "language-model", "ones", "all", "snipp", "snip-all-all", "snip-all-ones-mean-sum",
    ])
  func unknownNames(_ name: String) { #expect(MetricCatalog.selection(name) == nil) }

  @Test func choicesOfAKind() throws {
    let named = try #require(MetricCatalog.selection("gradient-norm-linear-ones-mean")).choice(for: .encoder)
    #expect(named.scope == .linear && named.cotangent == .ones && named.reduction == .mean && named.namesCotangent)
    let plain = try #require(MetricCatalog.selection("gradient-norm"))
    #expect(plain.choice(for: .encoder).cotangent == .random && plain.choice(for: .recurrentCell).cotangent == .ones)
    #expect(!plain.choice(for: .gpt2).namesCotangent)
  }

  @Test func kinds() {
    for kind in ArchitectureKind.allCases {
      let ids = MetricCatalog.ids(for: kind)
      #expect(ids.contains("snip") && ids.contains("parameters"))
      if kind != .recurrentCell { #expect(!ids.contains("hidden-synaptic-saliency")) }
    }
    #expect(MetricCatalog.ids(for: .encoder).count > MetricCatalog.ids(for: .transformerXL).count)
    #expect(Set(MetricCatalog.published).isSubset(of: MetricCatalog.ids(for: .recurrentCell)))
    #expect(Set(MetricCatalog.publishedTransformers).isSubset(of: MetricCatalog.ids(for: .encoder)))
    #expect(MetricCatalog.publishedTransformers.count == 9)
    // The published metrics of recurrent cells come first, in their order of publication.
    let first = MetricCatalog.all.prefix(MetricCatalog.published.count).map(\.id)
    #expect(first == MetricCatalog.published)
  }
}
