import Diagnostics
import Documents
import Files
import SearchSpaces
import Tables
import TestSupport
import Testing

@testable import Datasets

/// Facts of the released files; each test is skipped without those it reads.
@Suite struct PublicDataTests {
  @Test(
    .needsPublicData(),
    arguments: [
      ("serianni2023/rnn-results", 8794), ("serianni2023/rnn-batch-ablation", 100),
      ("serianni2023/rnn-initialization-ablation", 100),
      ("serianni2023/bert-results", 500), ("serianni2023/bert-batch-ablation", 100),
      ("serianni2023/bert-initialization-ablation", 100),
      ("serianni2023/bert-benchmark", 500), ("serianni2023/bert-training-csv", 210), ("serianni2023/search-space", 19),
      ("nas-bench-nlp/wikitext-2-logs", 345), ("nas-bench-nlp/example-recipes", 10),
      ("litetransformersearch/gpt2-wt103", 200),
      ("litetransformersearch/transxl-wt103", 200), ("litetransformersearch/pareto-gpt2-arm", 45),
      ("litetransformersearch/pareto-gpt2-corei7", 38), ("litetransformersearch/pareto-transxl-arm", 39),
      ("litetransformersearch/pareto-transxl-corei7", 35), ("litetransformersearch/pareto-transxl-titanxp", 40),
      ("lpzero2024/bert", 500), ("lpzero2024/gpt2-scores", 200),
    ])
  func everyDatasetIsReadWhole(_ id: String, _ rows: Int) throws {
    let imported = try PublicData.load(id)
    #expect(imported.table.rowCount == rows && imported.report.skipped.isEmpty && imported.report.missing.isEmpty)
    #expect(imported.table.columns.filter { $0.schema.role == .metric }.allSatisfy { $0.undefined.isEmpty })
  }

  /// Parameters in millions are those of the stem, 0.24304 for each 3×3 and 0.02800 for each 1×1 convolution: the operations are read
  /// as the publishers count them.
  @Test(.needsPublicData("naslib")) func cellsOfNASBench201() throws {
    let table = try PublicData.load("naslib/zc-nasbench201").table
    func column(_ name: String) throws -> Column { try #require(table[name]) }
    let (networks, tasks, connected) = (try column("network"), try column("task"), try column("connected"))
    #expect(table.rowCount == 1473 && Set((0..<table.rowCount).map { networks[$0] }).count == 320)
    let accuracies = try column("validation-accuracy").numbers
    let parameters = try column("parameters").numbers
    let wide = try column("convolutions-3x3").numbers
    let narrow = try column("convolutions-1x1").numbers
    for row in 0..<table.rowCount where tasks[row] == .text("cifar10") {
      let counted = try 0.073306 + 0.24304 * #require(wide[row]) + 0.028 * #require(narrow[row])
      #expect(try abs(#require(parameters[row]) - counted) < 1e-9)
      #expect((accuracies[row] == 10) == (connected[row] == .boolean(false)))
    }
    #expect(try column("jacov").undefined.count == 21 && column("epe-nas").undefined.count == 31)
  }

  @Test(.needsPublicData("serianni2023")) func brokenRowsOfTheParameterFile() throws {
    let error = #expect(throws: DiagnosticsError.self) { try PublicData.load("serianni2023/rnn-parameters") }
    #expect(error?.diagnostics.compactMap(\.location?.line) == [12447, 12448, 12449, 12450, 12451])
    let imported = try PublicData.load("serianni2023/rnn-parameters", skipsMalformed: true)
    #expect(
      imported.report.rowsRead == 12_450
        && imported.report.repaired.first?.examples == ["serianni2023/RNN_parameters.csv:12346"])
    let losses = try #require(imported.table["loss"])
    #expect(losses.count - losses.undefined.count == 10_032)
  }

  @Test(.needsPublicData("serianni2023")) func publishedParameterCountsAreThoseOfTheFormula() throws {
    let published = try #require(try PublicData.load("serianni2023/bert-results").table["parameters"])
    let computed = try #require(try PublicData.load("serianni2023/bert-benchmark").table["parameters-published"])
    #expect(published.numbers == computed.numbers)
  }

  /// The choices of the file are those of the space, and every architecture of the benchmark is in it: 500 records, 491 different.
  @Test(.needsPublicData("serianni2023")) func theSearchSpaceOfTheBenchmark() throws {
    let table = try PublicData.load("serianni2023/search-space").table
    let (dimensions, chosen) = try (#require(table["dimension"]), #require(table["choice"]))
    var choices: [String: [String]] = [:]
    for row in 0..<table.rowCount { choices[dimensions.text(row) ?? "", default: []].append(chosen.text(row) ?? "") }
    let space = EncoderSpace.published()
    func values(_ name: String) -> [String] { choices[name] ?? [] }
    #expect(values("hidden_size").compactMap { Int($0) } == [128, 256])
    #expect(values("num_encoder_layers").compactMap { Int($0) } == space.depths)
    let operations = ["SA", "LT", "DSC"].flatMap { values("encoder_layer.\($0)") }
    let sizes = ["num_operation_heads", "feed_forward_dimension", "num_feed_forward"].map { "encoder_layer.\($0)" }
    let layer = space.perLayer([128])
    #expect(operations == EncoderOperation.allCases.map(\.rawValue) && layer[0].count == operations.count)
    #expect(
      sizes.map { values($0).compactMap { Int($0) } }
        == layer.dropFirst().map { choice in (0..<choice.count).map { choice[$0] } })
    let bytes = try FileSystem.read("\(PublicData.folder ?? "")/serianni2023/BERT_benchmark.json")
    let root = try DocumentReader.read(bytes, file: "BERT_benchmark.json", limits: .data)
    let records = try #require(root.elements).map { node throws in try ArchitectureRecord.read(node) }
    #expect(records.allSatisfy { $0.warnings.isEmpty && space.contains($0.record) })
    #expect(records.count == 500 && Set(records.map(\.record)).count == 491)
  }

  @Test(.needsPublicData("nas-bench-nlp")) func logsWithoutALossSayWhy() throws {
    let losses = try #require(try PublicData.load("nas-bench-nlp/wikitext-2-logs").table["test-loss"])
    #expect(losses.undefined.values.sorted() == Array(repeating: "training ended: loss is nan!", count: 4))
  }

  @Test(.needsPublicData("litetransformersearch")) func absentMembersAreReported() throws {
    let report = try PublicData.load("litetransformersearch/transxl-homogeneous-wt103").report
    #expect(
      report.rowsKept == 99
        && report.missing == [.init(reason: "not in ppl_summary.yaml", count: 1, examples: ["config_6_j4"])])
    let pareto = try PublicData.load("litetransformersearch/pareto-gpt2-titanxp")
    #expect(
      pareto.report.rowsKept == 39
        && pareto.report.missing == [.init(reason: "not in ppl_summary.yaml", count: 1, examples: ["M18"])])
    #expect(pareto.table["perplexity"].map { Array($0.undefined.values) } == ["not in ppl_summary.yaml"])
  }

  /// Every released configuration is read without a finding, is of the kind that its folder names, and has the published counts in
  /// every field.
  @Test(
    .needsPublicData("litetransformersearch"),
    arguments: [
      ("random_GPT2_wt103", 200), ("random_TransXL_wt103", 200), ("random_TransXL_wt103_homogeneous", 99),
      ("pareto_GPT2_lm1b_arm", 45), ("pareto_GPT2_lm1b_corei7", 38), ("pareto_GPT2_lm1b_titanxp", 39),
      ("pareto_TransXL_lm1b_arm", 39), ("pareto_TransXL_lm1b_corei7", 35), ("pareto_TransXL_lm1b_titanxp", 40),
    ])
  func parametersOfReleasedDecoders(_ name: String, _ count: Int) throws {
    let archive = "litetransformersearch/\(name).tar.gz"
    let bytes = try FileSystem.read("\(PublicData.folder ?? "")/\(archive)")
    var configurations: [String: DocumentNode] = [:]
    var published: DocumentNode?
    try ArchiveReader.read(.memory(bytes), archive: archive) { entry throws(DiagnosticsError) in
      let path = entry.name.split(separator: "/").map(String.init)
      if path.last == "model_config.yaml" {
        configurations[path.dropFirst().dropLast().joined(separator: "_")] = try DocumentReader.read(
          entry.bytes, file: entry.name)
      } else if path.last == "params_summary.yaml" {
        published = try DocumentReader.read(entry.bytes, file: entry.name)
      }
    }
    #expect(configurations.count == count && published?.entries?.count == count)
    let isHomogeneous = name.hasSuffix("homogeneous")
    let spaces = [
      "random_GPT2_wt103": DecoderSpace.gpt2, "random_TransXL_wt103": .transformerXL,
      "random_TransXL_wt103_homogeneous": .transformerXLHomogeneous,
    ]
    for (id, node) in configurations {
      let reading = try DecoderConfigurationParser.read(node)
      let configuration = reading.record
      #expect(reading.warnings.isEmpty, "\(id): \(reading.warnings.text)")
      #expect((configuration.kind == .gpt2) == name.contains("GPT2"))
      if let space = spaces[name] { #expect(space.contains(.decoder(configuration)), "\(id)") }
      #expect(try DecoderConfigurationParser.parse(configuration.json, file: id) == configuration)
      let counts = configuration.parameterCounts
      let fields = [
        "AdaEmb": counts.adaptiveEmbedding, "Attn": counts.attention, "FFN": counts.feedForward,
        "nonembedding": counts.nonEmbedding, "total": counts.total,
      ]
      let row = try #require(published?[id]?.entries)
      #expect(row.count == 5 && row.allSatisfy { fields[$0.key].map(Double.init) == $0.value.double }, "\(id)")
      guard let logged = node["n_all_param"]?.integer else { continue }
      #expect(node["n_nonemb_param"]?.integer == counts.nonEmbedding - counts.relativeBias)
      let shared = isHomogeneous ? 2 * configuration.width : 0
      #expect(logged == counts.total - counts.relativeBias + shared)
    }
  }

  /// Counts of Python 3.11 over the same files.
  @Test(.needsPublicData("wikitext-2")) func factsOfWikiText2() throws {
    let catalog = try PublicData.catalog()
    let corpus = try #require(catalog.corpus("wikitext-2"))
    let texts = try CorpusReader.texts(
      of: corpus, catalog: catalog, location: DataLocation(folders: [PublicData.folder ?? ""]))
    let whole = try Corpus(texts)
    #expect(whole.vocabularySize == 18_328 && whole[.valid]?.count == 217_646 && whole[.test]?.count == 245_569)
    #expect(
      whole.rowCount(.test, batchSize: 50) == 4911 && whole.batchCount(.test, sequenceLength: 70, batchSize: 50) == 70)
    let first = try whole.batch(.test, index: 0, sequenceLength: 70, batchSize: 50)
    #expect(first.ids.prefix(5) == [0, 2841, 5119, 4163, 2826])
    #expect(first.ids[3450..<3455] == [4941, 1387, 1783, 4339, 4])
    #expect(throws: DiagnosticsError.self) { try whole.batch(.test, index: 70, sequenceLength: 70, batchSize: 50) }
    let capped = try Corpus(texts, vocabularyLimit: 10_000)
    #expect(capped.vocabularySize == 10_000 && capped.words[16] == "<unk>" && capped.wordCount == 18_328)
    let counts = zip(try #require(whole[.test]), try #require(capped[.test]))
    #expect(counts.allSatisfy { $1 == ($0 < 10_000 ? $0 : 16) })
  }
}
