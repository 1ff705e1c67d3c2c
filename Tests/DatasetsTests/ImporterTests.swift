import Diagnostics
import Files
import Foundation
import Tables
import TestSupport
import Testing

@testable import Datasets

/// The published formats, on small files that are made up, with the columns that the shipped catalogue declares.
@Suite struct ImporterTests {
  private func read(_ id: String, _ bytes: [UInt8]) throws -> ImportedDataset {
    let catalog = try PublicData.catalog()
    let dataset = try #require(catalog.dataset(id))
    let file = try #require(catalog.file(dataset.file))
    return try DatasetImporter.read(dataset, file: file, bytes: bytes, skipsMalformed: false)
  }

  private func read(_ id: String, _ text: String) throws -> ImportedDataset { try read(id, Array(text.utf8)) }

  private func cell(_ table: Table, _ column: String, _ row: Int = 0) throws -> Cell {
    try #require(table[column], "\(column)")[row]
  }

  /// Lines and messages of what is wrong with a file.
  private func problems(_ id: String, _ text: String) throws -> [String] {
    let error = #expect(throws: DiagnosticsError.self) { try self.read(id, text) }
    return try #require(error).diagnostics.map { "\($0.location?.line ?? 0): \($0.message)" }
  }

  private let scores =
    #"{"cola": 40, "mnli": 70.5, "mrpc": 80, "qnli": 81, "qqp": 82, "rte": 60, "sst": 83, "sts": 84, "glue": 72.5625}"#

  private func benchmark(_ layers: String, id: String = "7", hidden: String = "128") -> String {
    """
    [{"id": \(id), "time_to_train": 12.5,
      "scores": \(scores),
      "hparams": {"model_hparam_overrides": {"hidden_size": \(hidden), "nas_config": {"encoder_layers": [
        \(layers)
      ]}}}}]
    """
  }

  private func layer(_ type: String, _ parameter: String, heads: Int = 4) -> String {
    """
    {"operation_type": "\(type)", "operation_parameter": \(parameter), "num_operation_heads": \(heads),
     "feed_forward_dimension": 512, "num_feed_forward": 3}
    """
  }

  @Test func benchmarksOfEncoders() throws {
    let layers = "\(layer("SA", "\"WMA\"")),\n\(layer("DSC", "5", heads: 2))"
    let table = try read("serianni2023/bert-benchmark", benchmark(layers)).table
    #expect(table.rowCount == 1)
    for (column, expected) in [
      ("id", Cell.integer(7)), ("time-to-train", .real(12.5)), ("glue", .real(72.5625)), ("cola", .real(40)),
      ("depth", .integer(2)), ("hidden-size", .integer(128)), ("wma-count", .integer(1)), ("dsc5-count", .integer(1)),
      ("sa-fraction", .real(0.5)), ("mean-heads", .real(3)), ("feed-forward-layers", .integer(6)),
      ("layer-2-heads", .integer(2)), ("layer-1-operation", .text("SA")),
      ("layer-3-heads", .undefined(Cell.noSuchLayer)),
    ] {
      #expect(try cell(table, column) == expected, "\(column)")
    }
    // The published counts are of a hidden size of 256.
    let wide = try read("serianni2023/bert-benchmark", benchmark(layers, hidden: "256")).table
    #expect(try cell(table, "parameters-published") == cell(wide, "parameters-published"))
    #expect(try cell(table, "parameters-declared") != cell(wide, "parameters-declared"))
    // Two stacks of 3 layers of width 512 rather than 1024, at a hidden size of 128.
    let stack = { (width: Int) in 128 * width + width + 2 * (width * width + width) + width * 128 + 128 }
    let counts = try ["parameters-declared", "parameters-declared-widths"].map { name in
      try #require(table[name]?.numbers[0])
    }
    #expect(counts[1] - counts[0] == Double(2 * stack(512) - 2 * stack(1024)))
  }

  @Test func everyProblemOfABenchmarkIsFound() throws {
    #expect(try problems("serianni2023/bert-benchmark", "{}") == ["1: the benchmark is a mapping, not a list"])
    let wrong = benchmark("\(layer("SA", "\"DFT\""))", id: "\"x\"")
    let found = try problems("serianni2023/bert-benchmark", wrong)
    #expect(found.count == 2 && found[0].hasPrefix("1: id is ") && found[0].hasSuffix("not a whole number"))
    #expect(found[1] == "4: layer 1: DFT belongs to LT, not to SA")
    let empty = try problems("serianni2023/bert-benchmark", benchmark("", hidden: "\"wide\""))
    #expect(empty.count == 2 && empty[0].hasSuffix(": hidden_size is wide, not a whole number from 1 to 65,536"))
    #expect(empty[1].hasSuffix(": encoder_layers has 0 layers, not from 1 to 256"))
  }

  @Test func trainingsByNumberOfSteps() throws {
    let text = "[{\"id\": 3, \"scores\": {\"0\": \(scores),\n\"50000\": \(scores.replacing("72.5625", with: "NaN"))}}]"
    let table = try read("serianni2023/bert-training", text).table
    #expect(table["steps"]?.numbers == [0, 50_000] && table["id"]?.numbers == [3, 3])
    #expect(try cell(table, "glue") == .real(72.5625) && cell(table, "glue", 1) == .undefined("not a finite number"))
    #expect(
      try problems("serianni2023/bert-training", text.replacing("50000", with: "5e4")) == [
        "2: 5e4 is not a number of steps"
      ])
  }

  @Test func choicesOfASearchSpace() throws {
    let table = try read("serianni2023/search-space", #"{"hidden_size": [128, 256], "encoder_layer": {"SA": ["SDP"]}}"#)
      .table
    #expect((0..<3).map { table["dimension"]?.text($0) } == ["hidden_size", "hidden_size", "encoder_layer.SA"])
    #expect((0..<3).map { table["choice"]?.text($0) } == ["128", "256", "SDP"])
    let found = try problems("serianni2023/search-space", "{\"a\": [[1]],\n\"b\": 3}")
    #expect(found.map { $0.prefix(5) } == ["1: a ", "2: b "], "\(found)")
  }

  private let recipe =
    #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#

  @Test func recipesWithAndWithoutFeatures() throws {
    let broken = #"{"h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#
    let table = try read("nas-bench-nlp/example-recipes", "[\(recipe), \(broken)]").table
    #expect(table["id"]?.numbers == [0, 1] && table["nodes"]?.numbers == [2, 1])
    #expect(table["recipe"]?.text(0) == recipe.replacing(" ", with: ""))
    #expect(try cell(table, "linear-count") == .integer(1))
    guard case .undefined(let reason) = try cell(table, "linear-count", 1) else {
      Issue.record("a recipe with an unknown input has features")
      return
    }
    #expect(reason.hasPrefix("the recipe cannot be evaluated: "))
  }

  private func log(_ status: String, validation: String, test: String = "[5, 4, 3]") throws -> String {
    let quoted = String(decoding: try JSONEncoder().encode(recipe), as: UTF8.self)
    return """
      {"recepie_id": 11, "recepie": \(quoted), "experiment_id": 12, "init_time": "t", "num_params": 15066078,
       "status": "\(status)", "wall_times": [1.5, 2, 3],
       "train_losses": [6, 5, 4], "val_losses": \(validation), "test_losses": \(test)}
      """
  }

  /// The test loss is that of the epoch whose validation loss is lowest; a training that ended early has none.
  @Test func logsOfTrainings() throws {
    let archive = try SampleArchive.zip([
      ("a.json", log("OK", validation: "[5.5, 4.5, 4.75]")), ("notes.txt", "left alone"),
      ("b.json", log("loss is nan!", validation: "[5.5, NaN]")),
    ])
    let table = try read("nas-bench-nlp/wikitext-2-logs", archive).table
    #expect(table["log-name"].map { [$0.text(0), $0.text(1)] } == ["a.json", "b.json"])
    #expect(table["parameters"]?.numbers == [15_066_078, 15_066_078] && table["wall-time"]?.numbers == [6.5, 6.5])
    for (column, expected) in [
      ("test-loss", 4.0), ("best-validation-loss", 4.5), ("first-validation-loss", 5.5),
      ("final-validation-loss", 4.75),
      ("final-train-loss", 4), ("final-test-loss", 3),
    ] {
      #expect(try cell(table, column) == .real(expected), "\(column)")
      #expect(try cell(table, column, 1) == .undefined("training ended: loss is nan!"), "\(column)")
    }
    let curves = try read("nas-bench-nlp/wikitext-2-curves", archive).table
    #expect(curves["epoch"]?.numbers == [1, 2, 3, 1, 2, 3])
    #expect(try cell(curves, "validation-loss", 4) == .undefined("not a finite number"))
    #expect(try cell(curves, "validation-loss", 5) == .undefined("no such epoch"))
    let short = try SampleArchive.zip([
      ("a.json", log("OK", validation: "[5.5]").replacing("\"val_losses\"", with: "\"v\""))
    ])
    let error = #expect(throws: DiagnosticsError.self) { try self.read("nas-bench-nlp/wikitext-2-logs", short) }
    #expect(error?.diagnostics.map(\.message) == ["the log has no val_losses"])
  }

  private func configuration(layers: Int, inner: String, heads: String) -> String {
    "n_layer: \(layers)\nd_model: 64\nd_embed: 32\ndiv_val: 4\nd_inner: \(inner)\nn_head: \(heads)\n"
      + "n_token: 50264\ntgt_len: 192\n"
  }

  @Test func archivesOfDecoders() throws {
    let sizes = "{test_ppl: 30.5, valid_ppl: 29, train_elapsed: 10}"
    let counts = "{total: 100, nonembedding: 60, Attn: 20, FFN: 40, AdaEmb: 40}"
    let archive = try SampleArchive.tar([
      ("x/config_10/j0/model_config.yaml", configuration(layers: 3, inner: "[100, 200, 600]", heads: "8")),
      ("x/config_2/j1/model_config.yaml", configuration(layers: 2, inner: "[100, 300]", heads: "[2, 4]")),
      ("x/ppl_summary.yaml", "config_10_j0: \(sizes)\n"),
      ("x/params_summary.yaml", "config_10_j0: \(counts)\nconfig_2_j1: \(counts)\n"),
    ])
    let imported = try read("litetransformersearch/gpt2-wt103", archive)
    let table = imported.table
    #expect(table["id"].map { [$0.text(0), $0.text(1)] } == ["config_2_j1", "config_10_j0"])
    #expect(table["mean-d-inner"]?.numbers == [200, 300] && table["mean-n-head"]?.numbers == [3, 8])
    #expect(
      try cell(table, "test-perplexity", 1) == .real(30.5)
        && cell(table, "test-perplexity") == .undefined("not in ppl_summary.yaml"))
    #expect(
      try cell(table, "layer-3-heads", 1) == .integer(8) && cell(table, "layer-3-heads") == .undefined(Cell.noSuchLayer)
    )
    #expect(
      imported.report.missing == [.init(reason: "not in ppl_summary.yaml", count: 1, examples: ["config_2_j1"])])
    let flat = try SampleArchive.tar([("model_config.yaml", configuration(layers: 1, inner: "[1]", heads: "1"))])
    #expect(throws: DiagnosticsError.self) { try self.read("litetransformersearch/gpt2-wt103", flat) }
  }

  /// A Pareto set: numbers that stand alone, and a configuration that no network can be built of.
  @Test func paretoSets() throws {
    let counts = "{total: 100, nonembedding: 60, Attn: 20, FFN: 40, AdaEmb: 40}"
    let archive = try SampleArchive.tar([
      ("x/M10/model_config.yaml", configuration(layers: 2, inner: "[100, 200]", heads: "3")),
      ("x/M2/model_config.yaml", configuration(layers: 2, inner: "[100, 200]", heads: "2")),
      ("x/ppl_summary.yaml", "M2: 70.5\n"), ("x/latency_summary.yaml", "M2: 4.5\nM10: 5\n"),
      ("x/memory_summary.yaml", "M2: 125.5\nM10: 130\n"),
      ("x/params_summary.yaml", "M2: \(counts)\nM10: \(counts)\n"),
    ])
    let table = try read("litetransformersearch/pareto-gpt2-arm", archive).table
    #expect(table["id"].map { [$0.text(0), $0.text(1)] } == ["M2", "M10"])
    #expect(table["latency"]?.numbers == [4.5, 5] && table["memory"]?.numbers == [125.5, 130])
    #expect(
      try cell(table, "perplexity") == .real(70.5)
        && cell(table, "perplexity", 1) == .undefined("not in ppl_summary.yaml"))
    #expect(
      try cell(table, "n-layer") == .integer(2)
        && cell(table, "n-layer", 1)
          == .undefined("the configuration has no network: n_head: 3 heads do not divide the model width 64")
    )
    let two = try SampleArchive.tar([("x/ppl_summary.yaml", "M2: 70.5\n"), ("y/ppl_summary.yaml", "M2: 70.5\n")])
    #expect(throws: DiagnosticsError.self) { try self.read("litetransformersearch/pareto-gpt2-arm", two) }
  }

  /// A folder that is not packed is read as its archive is, when its digest is the catalogue's.
  @Test func plainFolders() throws {
    let files = [
      ("M10/model_config.yaml", configuration(layers: 2, inner: "[100, 200]", heads: "4")),
      ("M2/model_config.yaml", configuration(layers: 2, inner: "[100, 200]", heads: "2")),
      ("latency_summary.yaml", "M2: 4.5\nM10: 5\n"), ("memory_summary.yaml", "M2: 125.5\nM10: 130\n"),
      ("ppl_summary.yaml", "M2: 70.5\nM10: 60\n"),
      (
        "params_summary.yaml",
        ["M2", "M10"].map { "\($0): {total: 100, nonembedding: 60, Attn: 20, FFN: 40, AdaEmb: 40}\n" }.joined()
      ),
    ]
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: root) }
    for (name, text) in files {
      try FileSystem.makeFolder(FileSystem.folder(of: "\(root)/set/\(name)"))
      try FileSystem.write(Array(text.utf8), to: "\(root)/set/\(name)")
    }
    let dataset = try #require(try PublicData.catalog().dataset("litetransformersearch/pareto-gpt2-arm"))
    let digest = try FolderFiles("\(root)/set").digest()
    #expect(digest.bytes == files.reduce(0) { $0 + $1.1.utf8.count })
    var file = CatalogFile(
      id: "set", path: "set", address: "https://example.org", licence: "MIT", citation: "c", byteCount: digest.bytes,
      digest: digest.digest, byHand: "A folder.")
    let location = DataLocation(folders: [root])
    func table() throws -> Table {
      try DatasetImporter.read(dataset, file: file, location: location, skipsMalformed: false).table
    }
    let packed = try read(dataset.id, SampleArchive.tar(files.map { ("set/\($0.0)", $0.1) })).table
    let plain = try table()
    for column in packed.columns {
      #expect((0..<2).allSatisfy { plain[column.schema.name]?[$0] == column[$0] }, "\(column.schema.name)")
    }
    #expect(location.problem(of: file) == nil)
    try FileSystem.write(Array("M2: 71\n".utf8), to: "\(root)/set/ppl_summary.yaml")
    let changed = #expect(throws: DiagnosticsError.self) { try table() }
    #expect(changed?.diagnostics.map(\.id) == ["digest-mismatch"] && location.problem(of: file) != nil)
    #expect(changed?.diagnostics.first?.fix?.contains("write `bytes: ") == true)
    try FileManager.default.createSymbolicLink(atPath: "\(root)/set/link", withDestinationPath: "/etc/passwd")
    (file.byteCount, file.digest) = try FolderFiles("\(root)/set").digest()
    #expect(throws: DiagnosticsError.self) { try table() }
    file.path = "../set"
    #expect(throws: DiagnosticsError.self) { try table() }
  }

  @Test func archivesOfScores() throws {
    let dataset = try #require(try PublicData.catalog().dataset("lpzero2024/gpt2-scores"))
    let metrics = dataset.columns.map(\.name).filter { $0 != "id" }
    let members = metrics.map { metric in
      let name = "x/\(metric.split(separator: "-").joined(separator: "_"))_scores_seed_1111.yaml"
      return (name, "config_0_j0: 1.5\n" + (metric == "snip" ? "" : "config_0_j1: .nan\n"))
    }
    let imported = try read("lpzero2024/gpt2-scores", SampleArchive.tar(members))
    #expect(imported.table.rowCount == 2)
    #expect(try cell(imported.table, "grad-norm") == .real(1.5))
    #expect(try cell(imported.table, "grad-norm", 1) == .undefined("not a finite number"))
    #expect(try cell(imported.table, "snip", 1) == .undefined("not given"))
    let missing = imported.report.missing
    #expect(missing.contains(.init(reason: "no score of snip", count: 1, examples: ["config_0_j1"])))
    #expect(missing.count == metrics.count && missing.allSatisfy { $0.count == 1 })
  }
}
