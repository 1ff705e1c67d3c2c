import Documents
import Foundation
import Specs
import Tables
import TestSupport
import Testing

@testable import Forensics

/// What the released files of recurrent cells show; counts of Python 3.11 over the same files. Skipped without
/// TRAINFREE_DATA.
@Suite(.needsPublicData("serianni2023", "nas-bench-nlp")) struct RecurrentDataTests {
  @Test func repeatedTrainings() throws {
    let finding = DuplicatesCheck { $0.id = "recipe-id" }.finding(try dataset("serianni2023/rnn-results"))
    #expect(finding.verdict == .found && finding.count("rows") == 8794 && finding.count("distinct") == 2734)
    #expect(finding.count("common-size") == 3 && finding.count("common-groups") == 2575)
    #expect(finding.count("groups") == 2705 && finding.count("multiples") == 2684)
    #expect(finding.section("strides")?.rows.prefix(2).map(\.key) == ["stride-2000", "stride-735"])
    #expect(finding.row("strides", "stride-2000")?.count("steps") == 4445)
    #expect(finding.row("strides", "stride-735")?.count("steps") == 726)
  }

  @Test func noiseOfRepeatedTrainings() throws {
    let finding = ReplicatesCheck { $0.target = "loss" }.finding(try dataset("serianni2023/rnn-results"))
    #expect(finding.count("groups") == 2705 && finding.count("grouped-rows") == 8765)
    #expect(finding.count("equal-groups") == 0)
    #expect(try abs(#require(finding.number("within-deviation")) - 0.06375583110823066) < 1e-9)
    // Failed trainings make the noise of all: among the better half it is a thirteenth.
    #expect(try abs(#require(finding.number("best-half-deviation")) - 0.005) < 0.0005)
    #expect(try abs(#require(finding.number("reliability")) - 0.98192762542245) < 1e-9)
    #expect(try abs(#require(finding.number("largest-range")) - 4.657936466) < 1e-9)
  }

  /// 92 parameter counts and 93 values: one row of the count 7,493,200 has a value of its own.
  @Test func theJacobianColumnIsAFunctionOfTheParameterCount() throws {
    let results = try dataset("serianni2023/rnn-results").joined(
      with: dataset("serianni2023/rnn-parameters").selecting(rows: parameterRows()), on: ["log-name"],
      columns: ["parameters"], prefix: "", keepsUnmatched: true)
    let check = FunctionOfCheck {
      $0.column = "jacobian-covariance"; $0.of = ["parameters"]; $0.exceptions = 1; $0.id = "recipe-id"
    }
    let finding = check.finding(results)
    #expect(finding.verdict == .found && finding.count("rows") == 8794 && finding.count("incomplete") == 0)
    #expect(finding.count("distinct") == 93 && finding.count("keys") == 92)
    #expect(finding.count("violating-rows") == 1 && finding.count("converse-violations") == 0)
    #expect(finding.examples == [FindingExample("1013782", "-71.06396113 at parameters 7493200")])
    for metric in results.columns where metric.schema.role == .metric && metric.schema.name != "jacobian-covariance" {
      let other = FunctionOfCheck {
        $0.column = "\(metric.schema.name)"; $0.of = ["parameters"]; $0.exceptions = 1
      }.finding(results)
      #expect(other.verdict == .notFound, "\(metric.schema.name)")
    }
  }

  /// Rows of the parameter file with a finite loss: one for each log.
  private func parameterRows() throws -> [Int] {
    let losses = try #require(try dataset("serianni2023/rnn-parameters")["loss"])
    return (0..<losses.count).filter { losses.undefined[$0] == nil }
  }

  @Test func survivors() throws {
    let logs = try dataset("serianni2023/rnn-parameters")
    let check = SurvivorshipCheck {
      $0.keys = ["log-name"]; $0.target = "loss"
    }
    let finding = check.finding(ForensicTables(logs, against: try dataset("serianni2023/rnn-results")))
    #expect(finding.verdict == .found && finding.count("rows") == 12_445 && finding.count("keys") == 12_345)
    #expect(finding.count("repeated") == 10 && finding.count("rows-without-target") == 2413)
    #expect(finding.count("keys-without-target") == 2313 && finding.count("strangers") == 0)
    #expect(finding.count("survivors") == 8794 && finding.count("missing") == 3551)
    #expect(finding.count("missing-with-target") == 1238)
    #expect(try abs(#require(finding.number("difference")) - (5.700058777243134 - 5.010018092524108)) < 1e-9)
    #expect(try abs(#require(finding.number("superiority")) - 0.7950983524160804) < 1e-12)
    #expect(finding.section("reasons")?.rows.map(\.title) == ["training gave no finite loss"])
  }

  /// Of the recipes that are known from the logs on WikiText-2, every cell with sigmoids alone is missing.
  @Test func cellsWithSigmoidsAloneAreMissing() throws {
    let wikiText = try dataset("nas-bench-nlp/wikitext-2-logs")
    let sigmoids = try #require(wikiText["sigmoid-count"]?.numbers)
    let activations = try #require(wikiText["activation-count"]?.numbers)
    let isSigmoid = zip(sigmoids, activations).map { ($0.0 ?? 0) > 0 && $0.0 == $0.1 }
    let known = wikiText.adding(
      Column(schema: ColumnSchema(name: "sigmoid-only", type: .boolean), storage: .boolean(isSigmoid)))
    let logs = try dataset("serianni2023/rnn-recipe-losses")
    let losses = try #require(logs["loss"])
    let finite = (0..<logs.rowCount).filter { losses.undefined[$0] == nil }
    let both = try known.joined(
      with: logs.selecting(rows: finite), on: ["recipe-id"], columns: ["loss"], prefix: "", keepsUnmatched: false)
    let check = SurvivorshipCheck {
      $0.keys = ["recipe-id"]; $0.target = "loss"; $0.by = ["sigmoid-only"]
    }
    let finding = check.finding(ForensicTables(both, against: try dataset("serianni2023/rnn-results")))
    #expect(finding.count("keys") == 312 && finding.count("missing") == 37)
    #expect(finding.row("groups-sigmoid-only", "true")?.count("keys") == 25)
    #expect(finding.row("groups-sigmoid-only", "true")?.count("missing") == 25)
    #expect(finding.row("groups-sigmoid-only", "false")?.count("missing") == 12)
  }

  /// Neighbouring batches share 69 of 70 rows; the seeds of the other ablation share nothing.
  @Test func overlappingBatches() throws {
    var check = BatchOverlapCheck {
      $0.subject = ["log-name"]; $0.order = "repetition"; $0.length = 70; $0.stride = 1
    }
    let batches = check.finding(try dataset("serianni2023/rnn-batch-ablation"))
    #expect(batches.verdict == .found && batches.count("shared-rows") == 69 && batches.number("p-value") == 1e-4)
    #expect(batches.count("subjects") == 10 && (batches.count("significant") ?? 0) >= 6)
    let correlation = batches.row("columns", "jacobian-covariance")?.number("correlation") ?? 0
    #expect(abs(correlation - 0.452) < 5e-4)
    check.length = nil
    let seeds = check.finding(try dataset("serianni2023/rnn-initialization-ablation"))
    #expect(seeds.verdict == .notFound && (seeds.number("p-value") ?? 0) > 0.2)
    check.subject = ["id"]
    check.columns = .named(["head-importance", "jacobian-cosine", "synaptic-diversity", "synaptic-saliency"])
    #expect(check.finding(try dataset("serianni2023/bert-batch-ablation")).verdict == .notFound)
  }

  /// The ablations with the first repetition beside the results of the same logs.
  private func bothVersions() throws -> Table {
    try dataset("serianni2023/rnn-batch-ablation").rows(where: "repetition", is: "0").joined(
      with: dataset("serianni2023/rnn-results"), on: ["log-name"], columns: nil, prefix: "results-",
      keepsUnmatched: false)
  }

  /// Two passes summed against one: B ln 2 with B = 50.
  @Test func activationDistanceIsShiftedByAConstant() throws {
    let both = try bothVersions()
    let check = ConstantOffsetCheck {
      $0.column = "activation-distance"; $0.counterpart = .column("results-activation-distance")
    }
    let finding = check.finding(both)
    #expect(finding.verdict == .found && finding.count("rows") == 10)
    #expect(try abs(#require(finding.number("offset")) - 50 * log(2)) < 1e-3)
    #expect((finding.number("largest-deviation") ?? 1) < 7e-4)
  }

  @Test(arguments: [
    ("layer-1-hidden-covariance", "equal"), ("layer-3-hidden-covariance", "equal"), ("jacobian-cosine", "equal"),
    ("more-noised-jacobian", "equal"), ("large-noise-jacobian", "opposite"), ("activation-distance", "offset"),
  ])
  func whichColumnsTheTwoVersionsShare(_ metric: String, _ relation: String) throws {
    let finding = ColumnMatchCheck {
      $0.column = "results-\(metric)"; $0.candidates = ["\(metric)"]; $0.relations = ColumnRelation.allCases;
      $0.tolerance = 1e-3
    }.finding(try bothVersions())
    #expect(finding.verdict == .found && finding["relation"] == .text(relation))
  }

  @Test(arguments: ["synaptic-saliency", "jacobian-covariance", "hidden-synaptic-saliency"])
  func whichColumnsTheyDoNotShare(_ metric: String) throws {
    let finding = ColumnMatchCheck {
      $0.column = "results-\(metric)"; $0.candidates = ["\(metric)"]; $0.relations = ColumnRelation.allCases;
      $0.tolerance = 1e-2
    }.finding(try bothVersions())
    #expect(finding.verdict == .notFound)
  }
}
