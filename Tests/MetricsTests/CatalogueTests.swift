import Foundation
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// The catalogue against its folder and the bibliography.
@Suite struct CatalogueTests {
  /// Every type of the folder that is a metric is in the catalogue.
  @Test func everyMetricIsListed() throws {
    let folder = "\(checkout)/Sources/Metrics/Catalogue"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    let written = try files.flatMap { file in
      try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).matches(of: #/struct (\w+): Metric /#).map {
        String($0.1)
      }
    }
    let listed = MetricCatalog.metrics.map { String(describing: type(of: $0)) }
    #expect(Set(written) == Set(listed) && Set(written).count == written.count)
  }

  /// What `trainfree metrics` says a metric is computed from is what it asks for.
  @Test func needsAreWhatIsAskedFor() {
    #expect(MetricCatalog.needs(of: "parameters") == [.architecture])
    #expect(MetricCatalog.needs(of: "hidden-synaptic-saliency", in: [.results]) == [.hiddenGradients])
    #expect(
      MetricCatalog.needs(of: "hidden-synaptic-saliency")
        == [.noisedInputGradients, .hiddenGradients, .outputCotangent])
    #expect(MetricCatalog.needs(of: "synaptic-saliency") == [.laterWeightGradients, .outputCotangent])
    #expect(MetricCatalog.needs(of: "more-noised-jacobian") == [.inputGradient, .noisedInputGradients])
    #expect(MetricCatalog.needs(of: "grasp") == [.hessianVectorProduct])
    #expect(MetricCatalog.needs(of: "nothing").isEmpty)
  }

  @Test func descriptionsAreWhole() {
    let ids = MetricCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count && Set(MetricCatalog.all.map(\.title)).count == ids.count)
    #expect(MetricCatalog.published.allSatisfy { ids.contains($0) })
    for metric in MetricCatalog.all {
      let words = metric.id.split(separator: "-", omittingEmptySubsequences: false)
      #expect(words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) } })
      #expect(metric.title.first?.isUppercase == true && metric.summary.last == "." && !metric.formula.isEmpty)
      #expect(MetricCatalog.description(of: metric.id) == metric)
      for protocolName in MetricProtocol.allCases {
        let needs = MetricCatalog.needs(of: metric.id, in: [protocolName])
        #expect(!needs.isEmpty)
        #expect(needs == MetricCatalog.needs(of: metric.id) || metric.protocols != nil)
      }
    }
    #expect(MetricCatalog.metric("") == nil && MetricCatalog.description(of: "SNIP") == nil)
    let names = MetricCatalog.all.map(\.id) + ["snip-language-model"]
    #expect(Set(names.flatMap { MetricCatalog.needs(of: $0) }) == Set(MetricNeed.allCases))
  }

  @Test func referencesAreInTheBibliography() throws {
    let text = try String(contentsOfFile: "\(checkout)/data/references.bib", encoding: .utf8)
    for metric in MetricCatalog.all {
      let isThere = text.contains("{\(metric.reference),\n")
      #expect(isThere, "\(metric.id) cites \(metric.reference)")
    }
  }

  @Test func columns() {
    let columns = MetricCatalog.columns(for: ["snip", "hidden-covariance", "nothing", "snip"], layerCount: 2)
    #expect(columns.map(\.name) == ["snip", "layer-1-hidden-covariance", "layer-2-hidden-covariance", "snip"])
    #expect(columns.map(\.metric) == ["snip", "hidden-covariance", "hidden-covariance", "snip"])
    #expect(columns[1].title == "Layer 1 hidden covariance")
    let all = MetricCatalog.columns(for: MetricCatalog.all.map(\.id), layerCount: 2)
    #expect(all.count == MetricCatalog.all.count + MetricCatalog.all.count { $0.isLayered })
    #expect(Set(all.map(\.name)).count == all.count)
  }
}
