package analysis

// plural writes « 1 thème », « 2 thèmes », « 0 thème ».
func plural(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return number(n) + "\u00a0" + noun
}

// StabilityWords says in French what a [Theme]'s stability means.
func StabilityWords(s float64) string {
	switch {
	case s <= 0:
		return "stabilité non mesurée"
	case s < 0.4:
		return "fragile, une partie de ses textes changerait de thème si le corpus changeait un peu"
	case s < 0.6:
		return "assez stable, son cœur se retrouve et ses bords varient"
	case s < 0.8:
		return "stable, on le retrouve le plus souvent"
	default:
		return "très stable, on le retrouve presque à l’identique à chaque tirage"
	}
}
