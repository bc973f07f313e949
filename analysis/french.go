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
		return "fragile\u00a0: une partie de ses textes changerait de thème pour peu que le corpus change"
	case s < 0.6:
		return "assez stable\u00a0: son cœur se retrouve, ses bords varient"
	case s < 0.8:
		return "stable\u00a0: on le retrouve le plus souvent"
	default:
		return "très stable\u00a0: on le retrouve presque à l’identique à chaque tirage"
	}
}
