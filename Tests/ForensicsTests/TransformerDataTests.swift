import Documents
import Specs
import Tables
import TestSupport
import Testing

@testable import Forensics

/// What the released files of transformers show; counts of Python 3.11 over the same files. Skipped without
/// TRAINFREE_DATA.
@Suite(.needsPublicData("serianni2023", "lpzero2024")) struct TransformerDataTests {
  private func joined() throws -> Table {
    try dataset("serianni2023/bert-results").joined(
      with: dataset("serianni2023/bert-benchmark"), on: ["id"],
      columns: [
        "depth", "hidden-size", "feed-forward-layers", "parameters-published", "parameters-declared",
        "parameters-as-trained", "network-as-trained",
      ], prefix: "", keepsUnmatched: false)
  }

  @Test func parameterCountsAreOfThePublishedNetwork() throws {
    let candidates: [Located<String>] = ["parameters-as-trained", "parameters-declared", "parameters-published"]
    let finding = ColumnMatchCheck {
      $0.column = "parameters"; $0.candidates = candidates; $0.tolerance = 0
    }.finding(try joined())
    #expect(finding.verdict == .found && finding.count("matches") == 1 && finding.count("exact") == 500)
    #expect(finding.section("candidates")?.rows.first?.key == "parameters-published")
    // Equal for the records of hidden size 256; four records have a trained network of the same size by chance.
    #expect(finding.row("candidates", "parameters-declared")?.count("exact") == 249)
    #expect(finding.row("candidates", "parameters-as-trained")?.count("exact") == 4)
  }

  /// Records whose trained networks coincide bound what any metric can explain within a cell of the space.
  @Test func replicatesOfTheTrainedNetwork() throws {
    let finding = ReplicatesCheck {
      $0.keys = .named(["network-as-trained"]); $0.target = "glue"; $0.strata = ["depth", "hidden-size"]
    }
    .finding(try dataset("serianni2023/bert-benchmark"))
    #expect(finding.count("distinct") == 301 && finding.count("groups") == 77 && finding.count("grouped-rows") == 276)
    #expect(try abs(#require(finding.number("reliability")) - 0.7176506012284576) < 1e-9)
    for (cell, reliability, groups) in [
      ("2-128", 0.30, 27), ("2-256", 0.48, 25), ("4-128", 0.82, 11), ("4-256", 0.27, 14),
    ] {
      let row = try #require(finding.row("strata", cell))
      #expect(try abs(#require(row.number("reliability")) - reliability) < 0.005 && row.count("groups") == groups)
    }
  }

  @Test func scoresAreCopiedFromOtherSteps() throws {
    for (id, keys) in [("serianni2023/bert-training-csv", 10), ("serianni2023/bert-training", 15)] {
      let tasks = ["cola", "mnli", "mrpc", "qnli", "qqp", "rte", "sst", "sts"]
      let finding = CopiedValuesCheck {
        $0.columns = .named(tasks); $0.over = "steps"; $0.keys = ["id"]
      }.finding(try dataset(id))
      #expect(finding.verdict == .found && finding.count("copied-pairs") == 2 && finding.count("partial-pairs") == 0)
      #expect(finding.count("keys") == keys && finding.count("conditions") == 21)
      #expect(finding.row("pairs", "50000-500000")?.count("identical") == keys)
      #expect(finding.row("pairs", "100000-1000000")?.count("identical") == keys)
    }
  }

  /// The printed means of five records at 50,000 and 100,000 steps are 1.96 to 1.99 times the mean of the tasks.
  @Test func printedMeansAreDoubled() throws {
    var check = AggregateCheck {
      $0.column = "glue"; $0.parts = ["cola", "mnli", "mrpc", "qnli", "qqp", "rte", "sst", "sts"]; $0.statistic = .mean;
      $0.id = "id"; $0.by = "steps"
    }
    let finding = check.finding(try dataset("serianni2023/bert-training"))
    #expect(finding.verdict == .found && finding.count("rows") == 315 && finding.count("inconsistent") == 10)
    #expect(finding.section("groups")?.rows.map(\.key) == ["50000", "100000"])
    #expect(finding.section("records")?.rows.map(\.key) == ["11", "12", "15", "16", "19"])
    #expect(try abs(#require(finding.number("least-factor")) - 1.9569) < 1e-4)
    #expect(try abs(#require(finding.number("greatest-factor")) - 1.9850) < 1e-4)
    check.by = nil
    for id in ["serianni2023/bert-training-csv", "serianni2023/bert-benchmark"] {
      #expect(check.finding(try dataset(id)).verdict == .notFound)
    }
  }

  /// Every forward pass adds the hooks of its layers to those that are there: the activations summed grow from record to
  /// record by the depth.
  @Test func activationDistanceAccumulates() throws {
    let results = try joined()
    let check = AccumulationCheck {
      $0.columns = .named(["activation-distance", "head-confidence"]);
      $0.per = ["activation-distance-normalized", "feed-forward-layers"]
    }
    let finding = check.finding(results)
    #expect(finding.verdict == .found && finding.count("growing") == 1)
    #expect(finding.row("columns", "activation-distance")?.count("increases") == 498)
    let product = AggregateCheck {
      $0.column = "activation-distance"; $0.parts = ["activation-distance-normalized", "feed-forward-layers"];
      $0.statistic = .product
    }
    let factors = product.finding(results)
    #expect(factors.count("inconsistent") == 500 && abs((factors.number("least-factor") ?? 0) - 4) < 1e-5)
    #expect(abs((factors.number("greatest-factor") ?? 0) - 1140) < 1e-3)
    try expectStepsOfTheDepth(results)
    let softmax = AggregateCheck {
      $0.column = "softmax-confidence"; $0.parts = ["softmax-confidence-normalized", "depth"]; $0.statistic = .product
    }
    #expect(softmax.finding(results).verdict == .notFound)
  }

  /// From record to record the number of hooks grows by the depth, but for one new start.
  private func expectStepsOfTheDepth(_ results: Table) throws {
    let sums = try #require(results["activation-distance"]?.numbers)
    let means = try #require(results["activation-distance-normalized"]?.numbers)
    let terms = try #require(results["feed-forward-layers"]?.numbers)
    let depths = try #require(results["depth"]?.numbers)
    let hooks = try (0..<500).map { (row: Int) -> Double in
      let (sum, mean, count) = try (#require(sums[row]), #require(means[row]), #require(terms[row]))
      return (sum / mean / count).rounded()
    }
    let others = (1..<500).filter { (row: Int) -> Bool in hooks[row] - hooks[row - 1] != depths[row] }
    #expect(others == [365])
  }

  @Test(arguments: ["serianni2023/bert-batch-ablation", "serianni2023/bert-initialization-ablation"])
  func ablationsAccumulate(_ id: String) throws {
    let finding = AccumulationCheck {
      $0.subject = ["id"]; $0.order = "repetition"
    }.finding(try dataset(id))
    #expect(finding.verdict == .found && finding.count("growing") == 3)
    for metric in ["activation-distance", "head-confidence", "softmax-confidence"] {
      let row = try #require(finding.row("columns", metric))
      #expect(row.count("steps") == 90 && row.count("increases") == 90)
      #expect(try abs(#require(row.number("p-value")) * 0x1p90 - 1) < 1e-9)
    }
    let growth = try #require(finding.row("columns", "head-confidence")?.number("growth"))
    #expect(abs(growth - 10) < 0.05)
  }

  @Test func lpzeroReleasedTheSameColumns() throws {
    let both = try dataset("serianni2023/bert-results").joined(
      with: dataset("lpzero2024/bert"), on: ["id"], columns: nil, prefix: "lpzero-", keepsUnmatched: false)
    let names = both.columns.filter { $0.schema.role == .metric && !$0.schema.name.hasPrefix("lpzero-") }
    for metric in names.map(\.schema.name) {
      let finding = ColumnMatchCheck {
        $0.column = "lpzero-\(metric)"; $0.candidates = ["\(metric)"]; $0.tolerance = 1e-11
      }.finding(both)
      #expect(finding.verdict == .found, "\(metric)")
    }
  }

  @Test func theScoreCalledNormalizedIsNotTheScoreOverACount() throws {
    let finding = ColumnMatchCheck {
      $0.column = "jacobian-cosine"; $0.candidates = ["jacobian-covariance"];
      $0.relations = ColumnRelation.allCases; $0.tolerance = 1e-3
    }.finding(try dataset("serianni2023/bert-results"))
    #expect(finding.verdict == .notFound)
  }
}
