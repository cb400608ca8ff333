<?php
/** The name of the parser function. */

$magicWords = [];
$magicWords['en'] = [
	'target' => [ 0, 'target' ],
];
