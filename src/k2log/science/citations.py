"""The literature that rules and topics rest on: a short key, and one line that finds it.

A work may be cited here without any of its figures being printed.
"""

from collections.abc import Mapping
from typing import Final

CITED: Final[Mapping[str, str]] = {
    # authorities
    "iom1997": "IOM 1997, Dietary Reference Intakes for Calcium, Phosphorus, Magnesium, "
    "Vitamin D and Fluoride, doi:10.17226/5776",
    "iom2001": "IOM 2001, Dietary Reference Intakes for Vitamin A, Vitamin K and others, "
    "doi:10.17226/10026",
    "iom2011": "IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D, doi:10.17226/13050",
    "nasem2019": "NASEM 2019, Dietary Reference Intakes for Sodium and Potassium, appendix J "
    "(table of all elements)",
    "efsa2012ca": "EFSA 2012, upper level for calcium, EFSA J 10(7):2814, "
    "doi:10.2903/j.efsa.2012.2814",
    "efsa2015ca": "EFSA 2015, reference values for calcium, EFSA J 13(5):4101, "
    "doi:10.2903/j.efsa.2015.4101",
    "efsa2015mg": "EFSA 2015, reference values for magnesium, EFSA J 13(7):4186, "
    "doi:10.2903/j.efsa.2015.4186",
    "efsa2016d": "EFSA 2016, reference values for vitamin D, doi:10.2903/j.efsa.2016.4547",
    "efsa2017k": "EFSA 2017, reference values for vitamin K, doi:10.2903/j.efsa.2017.4780",
    "efsa2018d": "EFSA 2018, vitamin D upper level for infants, doi:10.2903/j.efsa.2018.5365",
    "efsa2023d": "EFSA 2023, upper level for vitamin D, doi:10.2903/j.efsa.2023.8145",
    "scf2001": "SCF 2001, EU Scientific Committee on Food, upper level for magnesium",
    "scf2003k": "SCF 2003, EU Scientific Committee on Food, upper level for vitamin K",
    "vkm2017": "VKM 2017, Norwegian Scientific Committee, vitamin K in food supplements",
    "mhlw2020": "MHLW 2020, Dietary Reference Intakes for Japanese",
    "mhlw2025": "MHLW 2025, Dietary Reference Intakes for Japanese",
    "coma1991": "COMA 1991, Dietary Reference Values (United Kingdom)",
    "evm2003": "EVM 2003, Safe Upper Levels for Vitamins and Minerals (United Kingdom)",
    "sacn2016": "SACN 2016, Vitamin D and Health (United Kingdom)",
    "nhs-ca": "NHS, advice on calcium: 1,500 mg or less a day from supplements",
    "nhs-d": "NHS, advice on vitamin D",
    "nhs-k": "NHS, advice on vitamin K",
    "nhs-mg": "NHS, advice on magnesium: 400 mg or less a day from supplements",
    "nhs-pregnancy-foods": "NHS, foods to avoid in pregnancy",
    "fda-epa-fish": "FDA and EPA, advice about eating fish for those who might become or are "
    "pregnant or breastfeeding, and for children",
    "nhs-pregnancy": "NHS, vitamins, supplements and nutrition in pregnancy",
    "odsca": "NIH Office of Dietary Supplements, calcium fact sheet",
    "odsk": "NIH Office of Dietary Supplements, vitamin K fact sheet",
    "demay2024": "Demay 2024, guideline on vitamin D, J Clin Endocrinol Metab 109:1907, "
    "doi:10.1210/clinem/dgae290",
    "kopecky2016": "Kopecky 2016, guideline on calcium and the heart, Ann Intern Med 165:867, "
    "doi:10.7326/M16-1743",
    "bollerslev2015": "Bollerslev 2015, guideline on hypoparathyroidism, Eur J Endocrinol 173:G1",
    "holick2011": "Holick 2011, Endocrine Society guideline on vitamin D, J Clin Endocrinol Metab "
    "96:1911, doi:10.1210/jc.2011-0385",
    "morris2020": "Morris 2020, care of children with Williams syndrome, Pediatrics "
    "145:e20193761",
    "kdigo2017": "KDIGO 2017, CKD-MBD update, Kidney Int Suppl 7:1",
    "kdoqi2020": "KDOQI 2020 (Ikizler), guideline on nutrition in chronic kidney disease, "
    "Am J Kidney Dis 76(3 Suppl 1):S1, doi:10.1053/j.ajkd.2020.05.006",
    "bfr2023": "BfR, German Federal Institute for Risk Assessment, proposed maximum levels of "
    "vitamin K in food supplements, and its opinion of 2023 on MK-7",
    "uspstf2018": "USPSTF 2018, vitamin D and calcium to prevent fractures, JAMA 319:1592",
    "uspstf2024": "USPSTF, draft recommendation of 17 December 2024, vitamin D and calcium to "
    "prevent falls and fractures",
    # calcium, vitamin D, magnesium
    "anderson2016": "Anderson 2016, J Am Heart Assoc 5:e003815, doi:10.1161/JAHA.116.003815",
    "bolland2010": "Bolland 2010, BMJ 341:c3691, doi:10.1136/bmj.c3691",
    "bolland2011": "Bolland 2011, BMJ 342:d2040, doi:10.1136/bmj.d2040",
    "bolland2013": "Bolland 2013, vitamin D in sarcoidosis, BMJ Open 3:e003562, "
    "doi:10.1136/bmjopen-2013-003562",
    "costello2021": "Costello 2021, calcium-to-magnesium ratio, Adv Nutr 12:291, "
    "doi:10.1093/advances/nmaa160",
    "dai2013": "Dai 2013, calcium, magnesium and their ratio, BMJ Open 3:e002111, "
    "doi:10.1136/bmjopen-2012-002111",
    "dhealth2023": "Waterhouse 2023, D-Health, monthly vitamin D and fractures, Lancet Diabetes "
    "Endocrinol 11:324, doi:10.1016/S2213-8587(23)00063-3",
    "groenendijk2019": "Groenendijk 2019, protein and bones of older adults, review, PMC6704341",
    "heaney1989": "Heaney 1989, calcium absorption in women, J Bone Miner Res 4:469, "
    "doi:10.1002/jbmr.5650040404",
    "howe2011": "Howe 2011, Cochrane review, exercise after the menopause, "
    "doi:10.1002/14651858.CD000333.pub2",
    "jackson2006": "Jackson 2006, calcium with vitamin D, N Engl J Med 354:669",
    "jakobsen2018": "Jakobsen 2018, vitamin D2, D3 and 25-OH-D3 in 12 men, Nutrients 10:12, "
    "doi:10.3390/nu10010012",
    "leboff2022": "LeBoff 2022, VITAL, vitamin D and fractures, N Engl J Med 387:299",
    "lewis2015": "Lewis 2015, J Bone Miner Res 30:165, doi:10.1002/jbmr.2311",
    "myung2021": "Myung 2021, Nutrients 13:368, doi:10.3390/nu13020368",
    "rosanoff2016": "Rosanoff 2016, magnesium, vitamin D and calcium, Adv Nutr 7:25, "
    "doi:10.3945/an.115.008631",
    "sanders2010": "Sanders 2010, yearly high-dose vitamin D, JAMA 303:1815",
    "sarcoid1606": "Calcium and vitamin D metabolism in sarcoidosis, 1,606 patients, "
    "Sarcoidosis Vasc Diffuse Lung Dis",
    "sharma2000": "Sharma 2000, hypercalcaemia in granulomatous disorders, Curr Opin Pulm Med "
    "6:442, doi:10.1097/00063198-200009000-00010",
    "tebben2016": "Tebben 2016, vitamin D and hypercalcaemia, Endocr Rev 37:521, "
    "doi:10.1210/er.2016-1070",
    "margulies2015": "Margulies 2015, vitamin D and intestinal malabsorption, J Dig Dis 16:617, "
    "doi:10.1111/1751-2980.12283",
    "pappa2008": "Pappa 2008, vitamin D in gastrointestinal and liver disease, PMC3805278",
    "thomson2024": "Thomson 2024, calcium with vitamin D, 22 years on, Ann Intern Med 177:428",
    "tripkovic2012": "Tripkovic 2012, vitamin D2 against D3, Am J Clin Nutr 95:1357",
    # vitamin K and arteries
    "bartstra2020": "Bartstra 2020, Eur J Nutr, doi:10.1007/s00394-020-02412-z",
    "bellinge2021": "Bellinge 2021, J Am Heart Assoc 10:e020551, doi:10.1161/JAHA.120.020551",
    "beulens2009": "Beulens 2009, K2 intake and coronary calcification, Atherosclerosis",
    "chen2019": "Chen 2019, Eur J Nutr 58:2191, doi:10.1007/s00394-019-01998-3",
    "diederichsen2022": "Diederichsen 2022, Circulation 145:1387, "
    "doi:10.1161/CIRCULATIONAHA.121.057008",
    "geleijnse2004": "Geleijnse 2004, J Nutr 134:3100, doi:10.1093/jn/134.11.3100",
    "haroon2023": "Haroon 2023, Trevasc-HDK, vitamin K2 on dialysis, Kidney Int Rep",
    "hartley2015": "Hartley 2015, Cochrane review, vitamin K for the heart, "
    "doi:10.1002/14651858.CD011148.pub2",
    "hasific2023": "Hasific 2023, JACC Adv 2:100643",
    "knapen2015": "Knapen 2015, Thromb Haemost 113:1135, doi:10.1160/TH14-08-0675",
    "lees2019": "Lees 2019, Heart 105:938",
    "li2023": "Li 2023, Front Nutr 10:1115069, doi:10.3389/fnut.2023.1115069",
    "neofytou2024": "Neofytou 2024, vitamin K in kidney disease, Nutrients 16:1798, PMC11206649",
    "peeters2018": "Peeters 2018, design of BASIK2, Nutrients 10:386, doi:10.3390/nu10040386",
    "vlasschaert2020": "Vlasschaert 2020, Nutrients 12:2909, doi:10.3390/nu12102909",
    "vossen2015": "Vossen 2015, design of VitaK-CAC, Nutrients 7:8905, doi:10.3390/nu7115443",
    "zwakenberg2019": "Zwakenberg 2019, Am J Clin Nutr 110:883, doi:10.1093/ajcn/nqz147",
    # vitamin K and bone
    "binkley2009": "Binkley 2009, J Bone Miner Res, doi:10.1359/jbmr.081254",
    "bjr2024": "Review 2024, vitamin K and bone density, Bone Joint Res, "
    "doi:10.1302/2046-3758.1312.BJR-2024-0053.R1",
    "boltonsmith2007": "Bolton-Smith 2007, J Bone Miner Res, doi:10.1359/jbmr.070116",
    "cockayne2006": "Cockayne 2006, Arch Intern Med 166:1256, doi:10.1001/archinte.166.12.1256",
    "emaus2010": "Emaus 2010, Osteoporos Int 21:1731, doi:10.1007/s00198-009-1126-4",
    "hu2021": "Hu 2021, J Orthop Surg Res 16, doi:10.1186/s13018-021-02728-4",
    "iwamoto2018": "Retraction note 2018, Clin Drug Investig 38:479, doi:10.1007/s40261-018-0643-3",
    "je2011": "Je 2011, J Korean Med Sci 26:1093, doi:10.3346/jkms.2011.26.8.1093",
    "knapen2013": "Knapen 2013, Osteoporos Int 24:2499, doi:10.1007/s00198-013-2325-6",
    "kuang2020": "Kuang 2020, vitamins K and D together, meta-analysis, Food Funct",
    "ma2022": "Ma 2022, Front Public Health 10:979649, doi:10.3389/fpubh.2022.979649",
    "misconduct2018": "Abstract 2018, effect of fabricated vitamin K trials on meta-analyses",
    "mott2019": "Mott 2019, Osteoporos Int 30:1543, doi:10.1007/s00198-019-04949-0 "
    "(with its 2020 correction)",
    "ronn2016": "Rønn 2016, MK-7 and the structure of bone, Eur J Endocrinol 175:541, "
    "doi:10.1530/EJE-16-0498",
    "shiraki2000": "Shiraki 2000, 45 mg MK-4 a day, J Bone Miner Res 15:515",
    "torgerson2018": "Torgerson 2018, caution on the 2006 review, JAMA Intern Med 178:863, "
    "doi:10.1001/jamainternmed.2018.1127",
    "zhang2020": "Zhang 2020, 90 µg of MK-7 for a year, Calcif Tissue Int 106:476",
    "zhou2022": "Zhou 2022, K2 after the menopause, meta-analysis of 9 trials with 6,853 people",
    # vitamin K: other promises
    "aguayo2020": "Aguayo-Ruiz 2020, D3 and K2 in type 2 diabetes, Diabetol Metab Syndr, "
    "doi:10.1186/s13098-020-00580-w",
    "alisi2019": "Alisi 2019, vitamin K and cognition, review, Front Neurol 10:239, "
    "doi:10.3389/fneur.2019.00239",
    "booth2022": "Booth 2022, vitamin K in the brain and dementia, Alzheimers Dement (N Y) "
    "8:e12255, doi:10.1002/trc2.12255",
    "karamzad2020": "Karamzad 2020, MK-7 in type 2 diabetes, Diabetes Metab Syndr Obes 13:2239, "
    "doi:10.2147/DMSO.S253014",
    "mladenka2022": "Mladěnka 2022, vitamin K, review, Nutr Rev 80:677, doi:10.1093/nutrit/nuab061",
    "rahimi2021": "Rahimi Sakak 2021, MK-7 in type 2 diabetes, Eur J Nutr 60:2495, "
    "doi:10.1007/s00394-020-02419-6",
    "tan2024": "Tan 2024, vitamin K2 and leg cramps at night, JAMA Intern Med, "
    "doi:10.1001/jamainternmed.2024.5726",
    "yoshida2011": "Yoshida 2011, MK-4 after liver cancer, Hepatology, doi:10.1002/hep.24430",
    "zhao2024": "Zhao 2024, vitamin K and markers of heart disease, review, J Nutr Sci",
    # vitamin K: forms, foods, diabetes
    "akbulut2020": "Akbulut 2020, Nutrients 12:1852, PMC7353270",
    "beulens2010": "Beulens 2010, Diabetes Care 33:1699, doi:10.2337/dc09-2302",
    "booth2012": "Booth 2012, Food Nutr Res 56:5505, doi:10.3402/fnr.v56i0.5505",
    "chollet2017": "Chollet 2017, Int Dairy J 75:1, doi:10.1016/j.idairyj.2017.07.005",
    "ciqual2020": "Anses 2020, French food composition table Ciqual",
    "elder2006": "Elder 2006, J Agric Food Chem 54:463, doi:10.1021/jf052400h",
    "ferland2010": "Ferland 2010, content of vitamin K supplements, FASEB J 24(S1):533.3",
    "fu2017": "Fu 2017, vitamin K in dairy foods, Curr Dev Nutr 1:e000638, "
    "doi:10.3945/cdn.117.000638",
    "hojo2007": "Hojo 2007, J Dairy Sci 90:4078, doi:10.3168/jds.2006-892",
    "kamao2007": "Kamao 2007, J Nutr Sci Vitaminol 53:464, doi:10.3177/jnsv.53.464",
    "koivu2000": "Koivu-Tikkanen 2000, J Agric Food Chem 48:6325",
    "marles2017": "Marles 2017, US Pharmacopeia on the safety of MK-7, Nutr Rev 75:553, "
    "doi:10.1093/nutrit/nux022",
    "orlando2019": "Orlando 2019, stability and purity of MK-7, Molecules 24:829, "
    "doi:10.3390/molecules24050829",
    "osullivan2020": "O'Sullivan 2020, eggs of hens on enriched feed, Foods 9:1619, "
    "doi:10.3390/foods9111619",
    "palmer2021": "Palmer 2021, Front Nutr 8:753059, doi:10.3389/fnut.2021.753059",
    "sato2012": "Sato 2012, Nutr J 11:93",
    "schurgers2000": "Schurgers & Vermeer 2000, Haemostasis 30:298, doi:10.1159/000054147",
    "schurgers2007": "Schurgers 2007, Blood 109:3279",
    "usda2016": "USDA 2016, National Nutrient Database for Standard Reference, release 28",
    "vermeer2018": "Vermeer 2018, menaquinones in cheese, Nutrients 10:446, doi:10.3390/nu10040446",
    "walther2013": "Walther 2013, Adv Nutr 4:463, PMC3941825",
    "walther2017": "Walther & Chollet 2017, doi:10.5772/63712",
    "walther2021": "Walther 2021, menaquinones in Swiss cheese, Int Dairy J 112:104853",
    # medicines, minerals and spacing
    "bisphosphonate-labels": "Product labels of alendronate (Fosamax), risedronate (Actonel) "
    "and ibandronate (Boniva)",
    "cook1991": "Cook 1991, calcium and iron absorption, Am J Clin Nutr 53:106",
    "doac2021": "Review 2021, food and direct oral anticoagulants, Int J Mol Sci 22:8531, "
    "doi:10.3390/ijms22168531",
    "dolutegravir-label": "Product label of dolutegravir (Tivicay)",
    "lonnerdal1999": "Lönnerdal 1999, Scand J Nutr 43:82",
    "lynch2000": "Lynch 2000, calcium and iron, Nutr Res Rev 13:141",
    "mahtani2014": "Mahtani 2014, Cochrane review, doi:10.1002/14651858.CD009917.pub2",
    "sconce2007": "Sconce 2007, Blood 109:2419",
    "singh2000": "Singh 2000, calcium and levothyroxine, JAMA 283:2822",
    "smpc": "Summary of product characteristics, calcium carbonate with vitamin D3 (Kalcipos-D)",
    "theuwissen2013": "Theuwissen 2013, J Thromb Haemost 11:1085, doi:10.1111/jth.12203",
    "vangorp2015": "van Gorp & Schurgers 2015, vitamin K antagonists and direct oral "
    "anticoagulants, Nutrients 7:9538, doi:10.3390/nu7115479",
    "zamfirescu2011": "Zamfirescu 2011, calcium and levothyroxine, Thyroid 21:483, "
    "doi:10.1089/thy.2010.0296",
    # medicines: labels, by product and country, and studies
    "albert2015": "Albert 2015, lithium, parathyroid hormone and calcium, Neuropsychiatr Dis Treat "
    "11:1785, doi:10.2147/NDT.S86103",
    "atelvia-label": "US label of delayed-release risedronate (Atelvia)",
    "baror1981": "Bar-Or & Gasiel 1981, calcium and calciferol against verapamil, BMJ 282:1585",
    "chon2018": "Chon 2018, milk and levothyroxine, Thyroid, PMID 29589994",
    "clodronate-label": "Product label of clodronate (Bonefos)",
    "dynacin-label": "US label of minocycline (Dynacin)",
    "eliphos-label": "US label of calcium acetate (Eliphos)",
    "eltrombopag-label": "Product label of eltrombopag (Promacta, Revolade)",
    "etidronate-label": "Product label of etidronate (Didronel)",
    "evenity-label": "US label of romosozumab (Evenity)",
    "hansen2010": "Hansen 2010, omeprazole and calcium absorption with meals, J Bone Miner Res "
    "25:2786, doi:10.1002/jbmr.166",
    "hidroferol-label": "Product label of calcifediol (Hidroferol)",
    "liothyronine-advice": "Alberta Health, MyHealth.Alberta.ca: liothyronine",
    "liverpool-bictegravir": "University of Liverpool, HIV Drug Interactions: bictegravir with "
    "calcium supplements",
    "liverpool-raltegravir": "University of Liverpool, HIV Drug Interactions: raltegravir with "
    "antacids",
    "lymecycline-smpc": "Summary of product characteristics, lymecycline 408 mg capsules (UK)",
    "medsafe2014": "Medsafe 2014, hypercalcaemia with lithium, Prescriber Update 35(3):37",
    "mhra2017": "MHRA 2017, miconazole oral gel and warfarin, Drug Safety Update",
    "neuvonen1991": "Neuvonen 1991, milk, yogurt and ciprofloxacin, Clin Pharmacol Ther 50:498, "
    "doi:10.1038/clpt.1991.174",
    "nice2007": "NICE 2007, cinacalcet, technology appraisal 117",
    "nih-integrase": "US guidelines on HIV medicines (AIDSinfo), interactions of integrase "
    "inhibitors, table 18d",
    "oconnell2005": "O'Connell 2005, omeprazole and calcium carbonate, Am J Med 118:778, "
    "doi:10.1016/j.amjmed.2005.02.007",
    "prolia-label": "US label of denosumab (Prolia), with its boxed warning of January 2024",
    "reclast-label": "US label of zoledronic acid (Reclast)",
    "rocaltrol-label": "US label of calcitriol (Rocaltrol)",
    "stass2001": "Stass 2001, yogurt, calcium and moxifloxacin, two trials, Clin Pharmacokinet",
    "strontium-label": "Product label of strontium ranelate (Protelos)",
    "tetracyclines2023": "Review 2023, food and tetracyclines, Antibiotics 12:1152, "
    "doi:10.3390/antibiotics12071152",
    "veractiv-label": "Swiss label of vitamin D3 (Veractiv)",
    "vocabria-label": "Product label of cabotegravir tablets (Vocabria)",
    "warfarin-label": "US label of warfarin (Coumadin), drug interactions",
}  # fmt: skip


def cited(*keys: str) -> tuple[str, ...]:
    """Return the citations of these keys, in this order, each once. Raises KeyError."""
    return tuple(CITED[key] for key in dict.fromkeys(keys))
